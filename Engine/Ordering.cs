using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConnectFour.Engine;

/// <summary>Which move to try first: the threats it leaves on the board, the lines that go through its cell, and how often the cell was the answer at this ply.</summary>
internal sealed class Ordering
{
    private const int ThreatWeight = 16;

    /// <summary>More for a threat in a row that the player takes when the columns fill up: odd for the first, even for the second.</summary>
    private const int RowWeight = 8;

    /// <summary>A threat that can be answered at once is spent.</summary>
    private const int AnsweredWeight = -5;
    private const int HistoryShift = 9;
    private const int CellBits = 64;

    private static readonly int[] LinesThrough = CountLines();

    private readonly int[] _history = new int[CellBits * Bits.CellCount];

    public void Forget() => Array.Clear(_history);

    /// <param name="threats">The cells that complete a four after the move.</param>
    /// <param name="isThreat">One of them can be played at once.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Promise(int plies, int cell, ulong threats, bool isThreat)
    {
        var ownRows = (plies & 1) == 0 ? Bits.OddRows : Bits.EvenRows;
        return ThreatWeight * Bits.Count(threats) + RowWeight * Bits.Count(threats & ownRows) + (isThreat ? AnsweredWeight : 0)
            + LinesThrough[cell] + (_history[CellBits * plies + cell] >> HistoryShift);
    }

    /// <summary>The move number <paramref name="tried"/> of the frame's order was good enough, those before it were not.</summary>
    public unsafe void Refuted(int plies, ulong moves, ref Frame frame, int tried)
    {
        for (var i = 0; i <= tried; i++)
        {
            var move = moves & Bits.FirstColumn << (frame.Order[i] & Frame.ColumnMask) * Bits.Height;
            _history[CellBits * plies + BitOperations.TrailingZeroCount(move)] += i == tried ? tried : -1;
        }
    }

    private static int[] CountLines()
    {
        var lines = new int[CellBits];
        foreach (var step in (int[])[1, 6, 7, 8])
            for (var start = 0; start + 3 * step < CellBits; start++)
            {
                var line = 1UL << start | 1UL << start + step | 1UL << start + 2 * step | 1UL << start + 3 * step;
                if ((line & ~Bits.Cells) != 0) continue;
                for (var i = 0; i < 4; i++) lines[start + i * step]++;
            }
        return lines;
    }
}
