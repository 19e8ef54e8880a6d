using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>What each column of a position is worth to the side to move, and so the position.</summary>
public sealed class Analysis
{
    private readonly ImmutableArray<Bounds?> _columns;

    internal Analysis(ImmutableArray<Bounds?> columns, Bounds bounds, long nodes) => (_columns, Bounds, Nodes) = (columns, bounds, nodes);

    /// <summary>The position's own score: its best column's.</summary>
    public Bounds Bounds { get; }

    /// <inheritdoc cref="Bounds.Exact"/>
    public Score Score => Bounds.Exact;

    /// <summary>True if the score of every column is known, false if the budget was used up before.</summary>
    public bool IsExact => _columns.All(column => column is not { IsExact: false });

    /// <summary>The positions that were visited to find out.</summary>
    public long Nodes { get; }

    /// <summary>What a disc in the column leads to, for the side that drops it; null if the column is full or the game is over.</summary>
    public Bounds? this[Column column] => _columns[column.Number - 1];

    /// <summary>Every column that keeps the position's score, from the left; none if the game is over. As long as not everything is known, those that may be best.</summary>
    public ImmutableArray<Column> BestColumns =>
        [.. Column.All.Where(column => this[column] is { } bounds && Column.All.All(other => this[other] is not { } rival || bounds.AtMost >= rival.AtLeast))];
}
