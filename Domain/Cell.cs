using System.Collections;
using System.Numerics;

namespace ConnectFour.Domain;

/// <summary>A place for a disc.</summary>
/// <param name="Column">1 to 7 from the left.</param>
/// <param name="Row">1 to 6 from the bottom.</param>
public readonly record struct Cell(Column Column, int Row);

/// <summary>A set of cells, from the left and then from the bottom. Compares by content; the default value is empty.</summary>
public readonly record struct CellSet : IReadOnlyCollection<Cell>
{
    private readonly ulong _bits;

    /// <param name="bits">One bit for a cell, laid out as in <see cref="Board"/>.</param>
    internal CellSet(ulong bits) => _bits = bits;

    public int Count => BitOperations.PopCount(_bits);

    public IEnumerator<Cell> GetEnumerator()
    {
        for (var rest = _bits; rest != 0; rest &= rest - 1)
            yield return Board.CellAt(BitOperations.TrailingZeroCount(rest));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(cell => $"{cell.Column}/{cell.Row}"));
}
