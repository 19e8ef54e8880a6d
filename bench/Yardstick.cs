namespace ConnectFour.Bench;

/// <summary>
/// A plain solver after the ideas of Pascal Pons' published tutorial, written anew: bitboards, null-window negamax, moves ordered by the threats they make,
/// one bound per position in a table of 8,388,593 entries, no move that loses at once. What the engine's speed is held against, because such a program takes
/// about as long in any language, so that a ratio to it carries over from machine to machine.
/// </summary>
internal sealed class Yardstick
{
    private const int TableSize = 8_388_593;
    private const int Least = -18;
    private const int Most = 18;
    private const ulong Bottom = 0x40810204081;
    private const ulong Cells = Bottom * 0b111111;

    private static readonly ulong[] ColumnsFromCentre = [.. new[] { 3, 4, 2, 5, 1, 6, 0 }.Select(column => 0b111111UL << 7 * column)];

    // The size is odd and above 2^17, so a remainder and the key's lower half tell 49-bit keys apart (Chinese remainders).
    private readonly uint[] _keys = new uint[TableSize];
    private readonly byte[] _bounds = new byte[TableSize];

    public long Nodes { get; private set; }

    public void Forget()
    {
        Array.Clear(_keys);
        Array.Clear(_bounds);
        Nodes = 0;
    }

    /// <summary>The exact score for the side to move, which owns <paramref name="own"/> of the occupied cells.</summary>
    public int Solve(ulong own, ulong occupied)
    {
        var plies = (int)ulong.PopCount(occupied);
        if ((Winning(own, occupied) & occupied + Bottom & Cells) != 0) return (43 - plies) / 2;

        int least = -(42 - plies) / 2, most = (43 - plies) / 2;
        while (least < most)
        {
            var middle = least + (most - least) / 2;
            if (middle <= 0 && least / 2 < middle) middle = least / 2;
            else if (middle >= 0 && most / 2 > middle) middle = most / 2;
            var score = Negamax(own, occupied, plies, middle, middle + 1);
            if (score <= middle) most = score; else least = score;
        }
        return least;
    }

    private int Negamax(ulong own, ulong occupied, int plies, int alpha, int beta)
    {
        Nodes++;
        var moves = NonLosing(own, occupied);
        if (moves == 0) return -(42 - plies) / 2;
        if (plies >= 40) return 0;

        alpha = Math.Max(alpha, -(40 - plies) / 2);
        if (alpha >= beta) return alpha;
        beta = Math.Min(beta, (41 - plies) / 2);
        if (alpha >= beta) return beta;

        var key = own + occupied;
        var slot = (int)(key % TableSize);
        if (_keys[slot] == (uint)key && _bounds[slot] is var bound and not 0)
        {
            if (bound > Most - Least + 1)
            {
                alpha = Math.Max(alpha, bound + 2 * Least - Most - 2);
                if (alpha >= beta) return alpha;
            }
            else
            {
                beta = Math.Min(beta, bound + Least - 1);
                if (alpha >= beta) return beta;
            }
        }

        Span<(ulong Move, int Value)> ordered = stackalloc (ulong, int)[7];
        var count = 0;
        for (var column = 6; column >= 0; column--)
        {
            var move = moves & ColumnsFromCentre[column];
            if (move == 0) continue;
            var value = (int)ulong.PopCount(Winning(own | move, occupied));
            var at = count++;
            for (; at > 0 && ordered[at - 1].Value > value; at--) ordered[at] = ordered[at - 1];
            ordered[at] = (move, value);
        }

        while (count > 0)
        {
            var move = ordered[--count].Move;
            var score = -Negamax(own ^ occupied, occupied | move, plies + 1, -beta, -alpha);
            if (score >= beta)
            {
                Remember(slot, key, score + Most - 2 * Least + 2);
                return score;
            }
            alpha = Math.Max(alpha, score);
        }
        Remember(slot, key, alpha - Least + 1);
        return alpha;
    }

    private void Remember(int slot, ulong key, int bound)
    {
        _keys[slot] = (uint)key;
        _bounds[slot] = (byte)bound;
    }

    /// <summary>The moves after which the opponent does not win at once.</summary>
    private static ulong NonLosing(ulong own, ulong occupied)
    {
        var moves = occupied + Bottom & Cells;
        var threats = Winning(own ^ occupied, occupied);
        var forced = moves & threats;
        if (forced != 0)
        {
            if ((forced & forced - 1) != 0) return 0;
            moves = forced;
        }
        return moves & ~(threats >> 1);
    }

    private static ulong Winning(ulong discs, ulong occupied)
    {
        var winning = discs << 1 & discs << 2 & discs << 3;
        foreach (var step in (ReadOnlySpan<int>)[7, 6, 8])
        {
            var pair = discs << step & discs << 2 * step;
            winning |= pair & (discs << 3 * step | discs >> step);
            pair = discs >> step & discs >> 2 * step;
            winning |= pair & (discs << step | discs >> 3 * step);
        }
        return winning & (Cells ^ occupied);
    }
}
