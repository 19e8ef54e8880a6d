namespace ConnectFour.Terminal;

/// <summary>How well an opponent plays, the weakest first.</summary>
internal enum Level
{
    Rookie,
    Casual,
    Club,
    Master,
    Perfect,
}

/// <summary>Chooses a column for whoever is to move; takes a second at most.</summary>
internal delegate Column Chooser(Board board, CancellationToken cancellation);

/// <summary>The one place that knows how a level chooses.</summary>
internal static class Choosers
{
    /// <summary>Some tenths of a second of a core.</summary>
    private const long Budget = 2_000_000;

    /// <param name="seed">The same seed and the same boards, the same columns.</param>
    public static Chooser Of(Level level, Solver solver, int seed)
    {
        var random = new Random(seed);
        return (board, cancellation) => Choose(level, solver, random, board, cancellation);
    }

    /// <summary>One of the columns that give away no more than the level allows; of equal ones, one near the centre more often.</summary>
    private static Column Choose(Level level, Solver solver, Random random, Board board, CancellationToken cancellation)
    {
        var analysis = solver.Analyse(board, Budget, cancellation: cancellation);
        var allowed = board.LegalColumns
            .Where(column => level == Level.Perfect ? analysis.BestColumns.Contains(column) : Worth(column) >= board.LegalColumns.Max(Worth) - GivenAway(level))
            .SelectMany(column => Enumerable.Repeat(column, 4 - Math.Abs(column.Number - 4)))
            .ToArray();
        return allowed[random.Next(allowed.Length)];

        // Twice the middle of what is known, which is twice the score if all is known.
        int Worth(Column column) => analysis[column] is { } bounds ? bounds.AtLeast.Value + bounds.AtMost.Value : int.MinValue;
    }

    /// <summary>In halves of a score.</summary>
    private static int GivenAway(Level level) => level switch
    {
        Level.Rookie => 32,
        Level.Casual => 16,
        Level.Club => 8,
        Level.Master => 2,
        Level.Perfect => 0,
    };
}
