namespace ConnectFour.Engine.Tests;

/// <summary>The truth about a game: what each move was worth, and what the others would have been.</summary>
public sealed class GameReportTests
{
    private static readonly Solver Solver = new();

    /// <summary>Ply 13 throws a won game away, as do others: a game of random moves after an opening.</summary>
    private static readonly Notation Game = Draws.From(seed: 3);

    [Fact]
    public void Every_move_has_the_scores_that_the_solver_gives()
    {
        var report = Late(Game, 24);

        foreach (var move in report.Moves.Skip(24))
        {
            var analysis = Solver.Analyse(Game.Take(move.Ply).Board);
            Assert.Equal(analysis.Score, move.Before);
            Assert.Equal(analysis[move.Column]!.Value.Exact, move.After);
            Assert.Equal(analysis.BestColumns.AsEnumerable(), move.Best);
        }
    }

    [Fact]
    public void What_a_position_is_worth_before_a_move_is_what_the_move_before_left_of_it()
    {
        var report = Late(Game, 20);

        foreach (var (earlier, later) in report.Moves.Skip(20).Zip(report.Moves.Skip(21)))
            Assert.Equal(-later.Before, earlier.After);
    }

    [Theory]
    [InlineData(3, 3, null)]
    [InlineData(3, 1, null)]
    [InlineData(3, 0, Mistake.WinToDraw)]
    [InlineData(1, -1, Mistake.WinToLoss)]
    [InlineData(0, -2, Mistake.DrawToLoss)]
    [InlineData(-1, -5, null)]
    public void A_mistake_is_what_changes_the_outcome(int best, int played, Mistake? mistake)
    {
        var move = new ReportedMove(0, Column.From(2), [Score.From(best), Score.From(played), null, null, null, null, null]);

        Assert.Equal(mistake, move.Mistake);
    }

    [Fact]
    public void Accuracy_is_the_part_that_was_kept_of_what_there_was_to_keep()
    {
        byte[] scores =
        [
            33, 32, 31, 0, 0, 0, 0, // A win, a draw, a loss; the middle one is played.
            32, 32, 32, 32, 32, 32, 32, // No choice: nothing to keep.
            33, 31, 31, 31, 31, 31, 31, // The best one.
        ];

        var report = GameReport.Read(Notation.From("221"), 0, scores);

        Assert.Equal(75, report.Accuracy(Player.First));
        Assert.Equal(100, report.Accuracy(Player.Second));
        Assert.Equal(0, Assert.Single(report.TurningPoints).Ply);
    }

    [Fact]
    public void Nobody_is_blamed_for_the_opening()
    {
        var report = Late(Game, 30);

        Assert.Equal(Enumerable.Range(30, Game.Plies - 30), report.Moves.Select(move => move.Ply));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var report = Late(Game, 30);

        var again = GameReport.Read(Game, 30, report.Write());

        Assert.Equal(report.Moves.Select(move => (move.Before, move.After, move.Mistake)), again.Moves.Select(move => (move.Before, move.After, move.Mistake)));
        Assert.Equal(report.Accuracy(Player.Second), again.Accuracy(Player.Second));
        Assert.Throws<FormatException>(() => GameReport.Read(Game.Take(41), 30, report.Write()));
    }

    [Fact]
    public void A_report_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => GameReport.Of(Game, 0, Solver, cancelled.Token));
    }

    /// <summary>The report of a game whose first moves are an opening: they take long without a book.</summary>
    private static GameReport Late(Notation game, int from) => GameReport.Of(game, from, Solver);
}
