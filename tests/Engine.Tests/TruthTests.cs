namespace ConnectFour.Engine.Tests;

/// <summary>The scores are right.</summary>
public sealed class TruthTests
{
    private readonly Solver _solver = new(new SolverOptions { UsesBook = false });

    [Fact]
    public void Late_in_the_game_every_column_has_the_score_that_trying_everything_finds()
    {
        var boards = Enumerable.Range(0, 500).SelectMany(seed => (Board[])[Positions.Drawish(seed, 30 + seed % 12), Positions.Random(seed, 28 + seed % 6)]);

        Assert.All(boards, board =>
        {
            var brute = new BruteForce();

            var analysis = _solver.Analyse(board);

            Assert.Equal(brute.Score(board), analysis.Score.Value);
            Assert.All(Column.All, column => Assert.Equal(board.IsColumnFull(column) ? null : -brute.Score(board.Drop(column)), analysis[column]?.Exact.Value));
        });
    }

    [Theory]
    [InlineData("L3_R1"), InlineData("L2_R1"), InlineData("L1_R1"), InlineData("L2_R2"), InlineData("L1_R2")]
    public void Published_positions_have_their_published_scores(string set)
    {
        Assert.All(Positions.Published(set), position => Assert.Equal(position.Score, _solver.Solve(position.Moves.Board).Score.Value));
    }

    [Fact]
    public void The_hard_openings_have_their_published_scores()
    {
        // The others of the set are with the benchmark, as they take longer than a test should.
        Assert.All(Positions.Published("L1_R3").Take(6), position => Assert.Equal(position.Score, _solver.Solve(position.Moves.Board).Score.Value));
    }

    [Fact]
    public void A_position_is_worth_as_much_as_its_best_column()
    {
        var boards = Enumerable.Range(0, 300).Select(seed => Positions.Random(seed, 14 + seed % 14));

        Assert.All(boards, board => Assert.Equal(_solver.Solve(board).Score, board.LegalColumns.Max(column => -_solver.Solve(board.Drop(column)).Score)));
    }

    [Fact]
    public void The_mirror_image_is_worth_the_same()
    {
        var boards = Enumerable.Range(1000, 300).Select(seed => Positions.Random(seed, 14 + seed % 14));

        Assert.All(boards, board =>
        {
            var here = _solver.Analyse(board);
            _solver.Forget();
            var there = _solver.Analyse(board.Mirror());

            Assert.Equal(here.Score, there.Score);
            Assert.All(Column.All, column => Assert.Equal(here[column], there[column.Mirror]));
        });
    }

    [Fact]
    public void Through_a_game_the_score_never_rises_for_who_moved_and_stays_with_a_best_column()
    {
        var games = Enumerable.Range(0, 100).Select(seed => new Random(seed));

        Assert.All(games, random =>
        {
            var board = Positions.Random(random.Next(), 16);
            for (var analysis = _solver.Analyse(board); board.Winner is null && !board.IsFull;)
            {
                var column = board.LegalColumns[random.Next(board.LegalColumns.Length)];
                var (before, promised) = (analysis.Score, analysis[column]!.Value.Exact);

                board = board.Drop(column);
                analysis = _solver.Analyse(board);

                Assert.Equal(promised, -analysis.Score);
                Assert.True(-analysis.Score <= before);
            }
        });
    }

    [Fact]
    public void The_best_line_ends_when_the_score_says()
    {
        var boards = Enumerable.Range(0, 100).Select(seed => Positions.Random(seed, 16 + seed % 12));

        Assert.All(boards, board =>
        {
            var solution = _solver.Solve(board);

            var line = _solver.BestLine(board);

            var end = line.Aggregate(board, (position, column) => position.Drop(column));
            Assert.Equal(solution.Score.PliesLeft(board), line.Length);
            Assert.Equal(solution.Score.Verdict switch { Verdict.Draw => null, Verdict.Win => board.ToMove, _ => (Player?)board.ToMove.Opponent }, end.Winner);
        });
    }

    [Fact]
    public void Two_threads_find_what_one_finds()
    {
        var two = new Solver(new SolverOptions { Threads = 2, UsesBook = false });
        var positions = Positions.Published("L1_R2").Take(30);

        Assert.All(positions, position => Assert.Equal(position.Score, two.Solve(position.Moves.Board).Score.Value));
    }

    [Fact]
    public void Many_may_ask_at_once()
    {
        var positions = Positions.Published("L2_R2").ToArray();

        var scores = positions.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(position => _solver.Solve(position.Moves.Board).Score.Value).ToArray();

        Assert.Equal(positions.Select(position => position.Score), scores);
    }
}
