using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>A column of the board, numbered 1 to 7 from the left. The default value is column 1.</summary>
public readonly record struct Column : IComparable<Column>
{
    public const int Count = 7;

    private Column(int index) => Index = index;

    /// <summary>1 to 7, from the left.</summary>
    public int Number => Index + 1;

    /// <summary>All seven, from the left.</summary>
    public static ImmutableArray<Column> All { get; } = [.. Enumerable.Range(1, Count).Select(From)];

    /// <summary>The column as seen from the other side of the board.</summary>
    public Column Mirror => new(Count - 1 - Index);

    /// <summary>0 to 6; only the board's own arithmetic counts from 0.</summary>
    internal int Index { get; }

    public static bool IsValid(int number) => number is >= 1 and <= Count;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is not 1 to 7.</exception>
    public static Column From(int number) => TryFrom(number, out var column)
        ? column
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Columns are numbered 1 to 7.");

    public static bool TryFrom(int number, out Column column)
    {
        column = IsValid(number) ? new Column(number - 1) : default;
        return IsValid(number);
    }

    public int CompareTo(Column other) => Index.CompareTo(other.Index);

    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static bool operator <(Column left, Column right) => left.Index < right.Index;
    public static bool operator >(Column left, Column right) => left.Index > right.Index;
    public static bool operator <=(Column left, Column right) => left.Index <= right.Index;
    public static bool operator >=(Column left, Column right) => left.Index >= right.Index;
}
