namespace ConnectFour.Engine.Tests;

public sealed class SolverTests
{
    /// <summary>A beginning that takes the solver a while: the second player to move, a first player's win that is far away.</summary>
    private static readonly Board Hard = Notation.From("444").Board;

    private readonly Solver _solver = new(new SolverOptions { TableMegabytes = 1, UsesBook = false });

    [Fact]
    public void A_win_with_the_next_disc_needs_no_search()
    {
        var board = Notation.From("112233").Board;

        var solution = _solver.Solve(board);

        Assert.Equal(new Solution(new Bounds(Score.From(18), Score.From(18)), 0), solution);
        Assert.Equal(1, solution.Score.PliesLeft(board));
    }

    [Fact]
    public void Who_has_lost_scores_what_the_winner_scored_before_negated()
    {
        var before = Notation.From("112233").Board;
        var lost = before.Drop(Column.From(4));

        var solution = _solver.Solve(lost);

        Assert.Equal(-_solver.Solve(before).Score, solution.Score);
        Assert.Equal(0, solution.Score.PliesLeft(lost));
        Assert.Empty(_solver.BestLine(lost));
        Assert.Empty(_solver.Analyse(lost).BestColumns);
    }

    [Fact]
    public void A_full_board_without_a_line_is_a_draw()
    {
        var board = Draws.From(1).Board;

        Assert.Equal(0, _solver.Solve(board).Score.Value);
        Assert.Equal(Verdict.Draw, _solver.SolveWeakly(board).Bounds.Verdict);
        Assert.All(Column.All, column => Assert.Null(_solver.Analyse(board)[column]));
    }

    [Fact]
    public void A_board_on_which_the_side_to_move_has_four_belongs_to_no_game()
    {
        var board = Board.From(
            """
            . . . . . . .
            . . . . . . .
            . . . . . . .
            . . . . . . .
            O O O O . . .
            X X X X . . .
            """);

        Assert.Throws<ArgumentException>(() => _solver.Solve(board));
    }

    [Fact]
    public void Whoever_gives_up_says_what_is_known()
    {
        var solution = _solver.Solve(Hard, nodes: 50_000);

        Assert.False(solution.Bounds.IsExact);
        Assert.InRange(solution.Nodes, 50_000, 60_000);
        Assert.InRange(-2, solution.Bounds.AtLeast.Value, solution.Bounds.AtMost.Value);
        Assert.Throws<InvalidOperationException>(() => solution.Score);
    }

    [Fact]
    public void An_analysis_that_gives_up_keeps_every_column_that_may_be_best()
    {
        var analysis = _solver.Analyse(Hard, nodes: 10_000);

        Assert.False(analysis.IsExact);
        Assert.All(analysis.BestColumns, column => Assert.True(analysis[column]!.Value.AtMost >= analysis.Bounds.AtLeast));
        Assert.InRange(analysis.Nodes, 10_000, 20_000);
    }

    [Fact]
    public void A_cancelled_search_ends_with_the_usual_exception()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Told(_ => cancellation.Cancel());

        Assert.Throws<OperationCanceledException>(() => _solver.Solve(Hard, progress: progress, cancellation: cancellation.Token));
    }

    [Fact]
    public void Progress_narrows_to_the_answer()
    {
        var told = new List<Bounds>();
        var (moves, score) = Positions.Published("L1_R2").First();

        _solver.Solve(moves.Board, progress: new Told(told.Add));

        Assert.Equal(score, told[^1].Exact.Value);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.AtLeast >= pair.First.AtLeast && pair.Second.AtMost <= pair.First.AtMost && pair.Second != pair.First));
    }

    [Theory]
    [InlineData("L2_R1"), InlineData("L2_R2"), InlineData("L3_R1")]
    public void The_weak_answer_has_the_sign_of_the_exact_one(string set)
    {
        Assert.All(Positions.Published(set), position => Assert.Equal((Verdict)Math.Sign(position.Score), _solver.SolveWeakly(position.Moves.Board).Bounds.Verdict));
    }

    [Fact]
    public void What_is_forgotten_is_searched_again_and_what_is_not_is_not()
    {
        var board = Positions.Published("L2_R2").First().Moves.Board;
        var first = _solver.Solve(board);

        var second = _solver.Solve(board);
        _solver.Forget();
        var third = _solver.Solve(board);

        Assert.Equal(first, third);
        Assert.Equal(first.Score, second.Score);
        Assert.True(second.Nodes < first.Nodes / 2);
    }

    [Theory]
    [InlineData(0, 1), InlineData(8193, 1), InlineData(64, 0)]
    public void Options_out_of_range_are_refused(int megabytes, int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Solver(new SolverOptions { TableMegabytes = megabytes, Threads = threads }));
    }

    [Fact]
    public void Scores_order_and_read_as_numbers()
    {
        Assert.Equal("+3 0 -12", $"{Score.From(3)} {default(Score)} {Score.From(-12)}");
        Assert.True(Score.From(3) > Score.From(2) && -Score.From(3) < Score.From(0) && Score.From(1) >= Score.From(1) && Score.From(1) <= Score.From(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Score.From(19));
        Assert.Equal("-1 to +2", new Bounds(Score.From(-1), Score.From(2)).ToString());
        Assert.Equal(new Bounds(Score.From(-2), Score.From(1)), -new Bounds(Score.From(-1), Score.From(2)));
    }

    private sealed class Told(Action<Bounds> hear) : IProgress<Bounds>
    {
        public void Report(Bounds value) => hear(value);
    }
}
