namespace ConnectFour.Engine;

/// <summary>What a <see cref="Solver"/> may use.</summary>
public sealed record SolverOptions
{
    /// <summary>The size of the table that all searches of the solver share, in MB: 64 unless told, from 1 to 8,192, rounded down to a power of two. A small one of 2 MB for each thread comes on top.</summary>
    public int TableMegabytes { get; init; } = 64;

    /// <summary>How many threads work on one question: 1 unless told. Questions that are answered in a few milliseconds are left to one.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the opening book is consulted: unless told otherwise, yes.</summary>
    public bool UsesBook { get; init; } = true;
}
