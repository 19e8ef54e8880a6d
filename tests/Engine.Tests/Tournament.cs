namespace ConnectFour.Engine.Tests;

/// <summary>
/// Games between two opponents, in pairs: the same opening is played twice, each side once by either, so that neither the first move nor the opening decides.
/// </summary>
internal sealed class Tournament(Solver solver, int seed)
{
    /// <summary>From here on the opponents play themselves; before, discs are dropped at random, to a position in which nobody can win by force.</summary>
    private const int OpeningPlies = 12;

    /// <summary>What <paramref name="one"/> scored of the games: 1 a win, 1/2 a draw.</summary>
    /// <param name="pairs">How many openings, each played twice.</param>
    /// <returns>0 to 1.</returns>
    public double Share(Level one, Level other, int pairs)
    {
        var random = new Random(seed);
        var (first, second) = (new Opponent(one, random), new Opponent(other, random));
        var points = 0.0;
        for (var pair = 0; pair < pairs; pair++)
        {
            var opening = Opening(random);
            points += Play(opening, first, second) + (1 - Play(opening, second, first));
        }
        return points / (2 * pairs);
    }

    /// <summary>The first player's points.</summary>
    private double Play(Board board, Opponent first, Opponent second)
    {
        while (board.Winner is null && !board.IsFull)
            board = board.Drop((board.ToMove == Player.First ? first : second).Choose(solver.Analyse(board)));
        return board.Winner is not { } winner ? 0.5 : winner == Player.First ? 1 : 0;
    }

    private Board Opening(Random random)
    {
        while (true)
        {
            var board = Board.Empty;
            while (board.Plies < OpeningPlies && board.Winner is null) board = board.Drop(board.LegalColumns[random.Next(board.LegalColumns.Length)]);
            if (board.Winner is null && solver.SolveWeakly(board).Bounds.Verdict == Verdict.Draw) return board;
        }
    }
}
