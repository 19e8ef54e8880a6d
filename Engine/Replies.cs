using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConnectFour.Engine;

/// <summary>Looks at all moves of a position at once, a column to a lane.</summary>
internal static unsafe class Replies
{
    /// <summary>Notes the threats after each move in the frame.</summary>
    /// <returns>Two sets of columns: moves that the other side cannot answer, and moves after which <see cref="Zugzwang.Holds"/> may hold.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint Wins, uint Zugzwangs) Examine(ulong own, ulong occupied, ulong playable, ulong moves, int plies, int alpha, ref Frame frame)
    {
        const ulong C = Bits.FirstColumn;
        fixed (ulong* threats = frame.Threats)
        {
            var all = Vector256.Create(moves);
            var left = Examine(own, occupied, playable, all & Vector256.Create(C, C << 7, C << 14, C << 21), plies, alpha, threats);
            var right = Examine(own, occupied, playable, all & Vector256.Create(C << 28, C << 35, C << 42, 0), plies, alpha, threats + 4);
            return (left.Wins | right.Wins << 4, left.Zugzwangs | right.Zugzwangs << 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint Wins, uint Zugzwangs) Examine(ulong own, ulong occupied, ulong playable, Vector256<ulong> move, int plies, int alpha, ulong* threats)
    {
        var made = Bits.WinningCells(move | Vector256.Create(own), move | Vector256.Create(occupied));
        made.Store(threats);
        var then = move ^ Vector256.Create(playable) | move << 1 & Vector256.Create(Bits.Cells);

        // The answers left: the cell of a threat if there is one, else any; but not beneath another threat.
        var now = made & then;
        var forced = Vector256.AndNot(now | then & Vector256.IsZero(now), made >>> 1);
        var two = ~Vector256.IsZero(now & now - Vector256<ulong>.One);
        var legal = ~Vector256.IsZero(move);
        var wins = legal & (two | Vector256.IsZero(forced));
        return (wins.ExtractMostSignificantBits(), (legal & MayHold(own ^ occupied, occupied, move, made, then, plies + 1, -alpha - 1)).ExtractMostSignificantBits());
    }

    /// <summary>Conditions that <see cref="Zugzwang.Holds"/> needs for the position after the move, and that can be tested for all moves together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MayHold(ulong own, ulong occupied, Vector256<ulong> move, Vector256<ulong> threats, Vector256<ulong> playable, int plies, int alpha)
    {
        if ((plies & 1) != 0)
            return alpha < Zugzwang.WorstAgainstSecond ? default : ~Vector256.IsZero(threats & Vector256.Create(Bits.OddRows));
        if (alpha < Zugzwang.WorstAgainstFirst) return default;

        var even = Vector256.AndNot(threats & Vector256.Create(Bits.EvenRows), playable);
        var reach = Vector256.Create(own) | Vector256.AndNot(Vector256.Create(Bits.OddRows & ~occupied), Bits.Above(even) | move);
        return Vector256.IsZero(Bits.Fours(reach));
    }
}
