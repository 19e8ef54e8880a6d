using System.Numerics;

namespace ConnectFour.Engine;

/// <summary>
/// Proofs without search that the side to move cannot do better than some score, because the other side has an answer to every disc.
/// </summary>
/// <remarks>
/// <para>
/// The answers. A column is even or odd by its number of empty cells. In an even column the next cell is in an odd row (1, 3, 5), and the other side answers on top
/// of each disc, in the even row above. In an odd column the next cell is in an even row; two odd columns make a pair: a disc on the one is answered on the other,
/// and both are even from then on. So as long as the odd columns pair off, every disc has its answer, and until the end of the game the side to move gets only
/// cells of odd rows, and one cell of each pair. If its discs and all of these make no four, whichever cell of each pair it takes, it never wins.
/// (After James D. Allen's and Victor Allis' claimeven and baseinverse.)
/// </para>
/// <para>
/// Against the first player the number of odd columns is even, so the answers may be complete. Against the second player it is odd, and one column is left over. There the
/// first player answers on top as well, so that the roles of the rows are exchanged. That column would run out of answers, unless an odd row of it holds a cell that wins
/// for the first player: then it is never filled beyond that cell. So the proof needs such a threat.
/// </para>
/// <para>
/// How soon. Let a threat of the answering side wait in row r, where the answers take it. The side to move can at most fill everything else first: then the cells from r up are empty, 35 + r
/// discs are on the board, and the winner's score is (43 - (35 + r)) / 2 = (8 - r) / 2, rounded down.
/// Cells above such a threat are out of reach for the side to move: the game is over before.
/// </para>
/// </remarks>
internal static class Zugzwang
{
    /// <summary>The deepest loss these proofs can show: a threat of the second player in row 2.</summary>
    public const int WorstAgainstFirst = -3;

    /// <summary>The deepest loss these proofs can show for the second player: a threat of the first player in row 3.</summary>
    public const int WorstAgainstSecond = -2;

    /// <summary>Whether the side to move is proved to score at most <paramref name="alpha"/>. False means that nothing is known.</summary>
    /// <param name="own">The discs of the side to move, which cannot win with its next disc, nor can the other side.</param>
    /// <param name="threats">The empty cells that complete a four of the other side.</param>
    public static bool Holds(ulong own, ulong occupied, ulong threats, int plies, int alpha)
    {
        // The next cells of the odd columns.
        var odd = Bits.Playable(occupied) & Bits.EvenRows;
        var empty = Bits.Cells & ~occupied;
        return (plies & 1) == 0
            ? AgainstFirst(own, own ^ occupied, empty, threats, odd, alpha)
            : AgainstSecond(own, empty, threats, odd, alpha);
    }

    private static bool AgainstFirst(ulong own, ulong other, ulong empty, ulong threats, ulong odd, int alpha)
    {
        var even = threats & Bits.EvenRows & ~odd;
        if (alpha < 0 && !(even != 0 ? AtMost(even) <= alpha : alpha == -1 && Bits.HasFour(other | empty & Bits.EvenRows & ~odd))) return false;

        var reach = own | empty & Bits.OddRows & ~Bits.Above(even);
        return !Bits.HasFour(reach) && PairsOff(reach, odd);
    }

    /// <summary>The score of the side to move when the other side's lowest threat is in row 2, 4 or 6.</summary>
    private static int AtMost(ulong even) => (even & Bits.Bottom << 1) != 0 ? -3 : (even & Bits.Bottom << 3) != 0 ? -2 : -1;

    private static bool AgainstSecond(ulong own, ulong empty, ulong threats, ulong odd, int alpha)
    {
        if (alpha < WorstAgainstSecond) return false;
        for (var rest = threats & Bits.OddRows; rest != 0;)
        {
            var threat = Bits.Lowest(rest);
            var column = Bits.FirstColumn << BitOperations.TrailingZeroCount(threat) / Bits.Height * Bits.Height;
            rest &= ~column;
            if ((odd & column) == 0) continue;
            // In row 5 the threat is worth one point only; row 1 is never above an odd column's next cell.
            if (alpha < -1 && (threat & Bits.Bottom << 2) == 0) continue;

            var others = odd & ~column;
            var even = threats & Bits.EvenRows & ~column & ~others;
            var reach = own | empty & (Bits.OddRows & ~column & ~Bits.Above(even) | Bits.EvenRows & column & threat - 1);
            if (!Bits.HasFour(reach) && PairsOff(reach, others)) return true;
        }
        return false;
    }

    /// <summary>Whether the cells, an even number of them, can be paired so that one of each pair, whichever, gives no four. Six are not tried.</summary>
    private static bool PairsOff(ulong reach, ulong cells)
    {
        if (cells == 0) return true;
        var a = Bits.Lowest(cells);
        cells ^= a;
        var b = Bits.Lowest(cells);
        cells ^= b;
        if (cells == 0) return !Bits.HasFour(reach | a) && !Bits.HasFour(reach | b);
        var c = Bits.Lowest(cells);
        var d = cells ^ c;
        return !Bits.HasTwo(d) && (ArePairs(reach, a, b, c, d) || ArePairs(reach, a, c, b, d) || ArePairs(reach, a, d, b, c));
    }

    private static bool ArePairs(ulong reach, ulong a, ulong b, ulong c, ulong d) =>
        !Bits.HasFour(reach | a | c) && !Bits.HasFour(reach | a | d) && !Bits.HasFour(reach | b | c) && !Bits.HasFour(reach | b | d);
}
