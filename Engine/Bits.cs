using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConnectFour.Engine;

/// <summary>Sets of cells as words, laid out as in <see cref="Domain.Board"/>: seven bits a column, the seventh always empty.</summary>
internal static class Bits
{
    public const int Height = 7;
    public const int CellCount = 42;

    /// <summary>The lowest cell of each column.</summary>
    public const ulong Bottom = 1UL | 1UL << 7 | 1UL << 14 | 1UL << 21 | 1UL << 28 | 1UL << 35 | 1UL << 42;

    /// <summary>All 42 cells.</summary>
    public const ulong Cells = Bottom * 0b111111;

    public const ulong FirstColumn = 0b111111;

    /// <summary>Rows 1, 3 and 5: where a threat serves the first player.</summary>
    public const ulong OddRows = Bottom * 0b010101;

    /// <summary>Rows 2, 4 and 6: where a threat serves the second player.</summary>
    public const ulong EvenRows = Bottom * 0b101010;

    /// <summary>The cell on top of each stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Playable(ulong occupied) => occupied + Bottom & Cells;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasFour(ulong discs)
    {
        var vertical = discs & discs >> 1;
        var level = discs & discs >> 7;
        var falling = discs & discs >> 6;
        var rising = discs & discs >> 8;
        return (vertical & vertical >> 2 | level & level >> 14 | falling & falling >> 12 | rising & rising >> 16) != 0;
    }

    /// <summary>The empty cells that complete a four of these discs, whether they can be played yet or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WinningCells(ulong discs, ulong occupied)
    {
        var winning = discs << 1 & discs << 2 & discs << 3 | Fourth(discs, 7) | Fourth(discs, 6) | Fourth(discs, 8);
        return winning & (Cells ^ occupied);
    }

    /// <summary>The cells with three discs beside them in one direction: three before, two and one, one and two, three after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fourth(ulong discs, int step)
    {
        var before = discs << step;
        var after = discs >> step;
        var twoBefore = before & discs << 2 * step;
        var twoAfter = after & discs >> 2 * step;
        return twoBefore & (discs << 3 * step | after) | twoAfter & (discs >> 3 * step | before);
    }

    /// <summary>For each lane, nothing if its discs make no four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Fours(Vector256<ulong> discs)
    {
        var vertical = discs & discs >>> 1;
        var level = discs & discs >>> 7;
        var falling = discs & discs >>> 6;
        var rising = discs & discs >>> 8;
        return vertical & vertical >>> 2 | level & level >>> 14 | falling & falling >>> 12 | rising & rising >>> 16;
    }

    /// <inheritdoc cref="WinningCells(ulong, ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> WinningCells(Vector256<ulong> discs, Vector256<ulong> occupied)
    {
        var winning = discs << 1 & discs << 2 & discs << 3 | Fourth(discs, 7) | Fourth(discs, 6) | Fourth(discs, 8);
        return winning & Vector256.AndNot(Vector256.Create(Cells), occupied);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Fourth(Vector256<ulong> discs, int step)
    {
        var before = discs << step;
        var after = discs >>> step;
        var twoBefore = before & discs << 2 * step;
        var twoAfter = after & discs >>> 2 * step;
        return twoBefore & (discs << 3 * step | after) | twoAfter & (discs >>> 3 * step | before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasTwo(ulong cells) => (cells & cells - 1) != 0;

    /// <summary>The cells above these ones, in their columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(ulong cells)
    {
        // No cell of row 1 is above another one, so leaving row 1 out stops what runs over the top of a column.
        const ulong Upper = Cells & ~Bottom;
        var above = cells << 1 & Upper;
        above |= above << 1 & Upper;
        above |= above << 1 & Upper;
        return above | above << 1 & Upper;
    }

    /// <inheritdoc cref="Above(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Above(Vector256<ulong> cells)
    {
        var upper = Vector256.Create(Cells & ~Bottom);
        var above = cells << 1 & upper;
        above |= above << 1 & upper;
        above |= above << 1 & upper;
        return above | above << 1 & upper;
    }

    /// <summary>The lowest cell of the set as a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Lowest(ulong cells) => cells & 0 - cells;

    public static ulong Mirror(ulong cells)
    {
        // Columns 1 and 7, 2 and 6, 3 and 5 change places.
        const ulong Column = 0b1111111;
        return cells >> 42 & Column | cells >> 28 & Column << 7 | cells >> 14 & Column << 14 | cells & Column << 21
            | cells << 14 & Column << 28 | cells << 28 & Column << 35 | cells << 42 & Column << 42;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong cells) => BitOperations.PopCount(cells);
}
