namespace ConnectFour.Terminal;

/// <summary>Chooses a column for whoever is to move; takes a second at most.</summary>
internal delegate Column Chooser(Board board, CancellationToken cancellation);

internal static class Choosers
{
    /// <summary>For all columns of a position: some tenths of a second of a core. Only in the opening, beyond the book, it can be too little to know everything.</summary>
    private const long Nodes = 2_000_000;

    /// <summary>An opponent of the engine. For one question at a time.</summary>
    /// <param name="seed">The same seed and the same boards, the same columns.</param>
    public static Chooser Of(Level level, Solver solver, int seed)
    {
        var opponent = new Opponent(level, new Random(seed));
        return (board, cancellation) => opponent.Choose(solver.Analyse(board, Nodes, cancellation: cancellation));
    }
}
