namespace ConnectFour.Engine.Tests;

public sealed class PuzzleTests
{
    /// <summary>How many are solved anew.</summary>
    private const int Sample = 60;

    private static readonly Solver Solver = new();

    [Fact]
    public void There_are_hundreds_of_every_difficulty_and_no_two_are_the_same_or_mirror_images()
    {
        Assert.True(Puzzle.All.Length >= 500);
        Assert.All(Enum.GetValues<Difficulty>(), difficulty => Assert.True(Puzzle.All.Count(puzzle => puzzle.Difficulty == difficulty) >= 150));
        Assert.Equal(Puzzle.All.Length, Puzzle.All.Select(puzzle => Position.Of(puzzle.Moves.Board).MirrorKey).Distinct().Count());
    }

    [Fact]
    public void A_solution_wins_and_no_other_column_does()
    {
        var sample = Enumerable.Range(0, Sample).Select(number => Puzzle.All[number * Puzzle.All.Length / Sample]);

        Assert.All(sample, puzzle => Assert.Equal(puzzle, Puzzle.Of(puzzle.Moves, Solver)));
    }

    [Fact]
    public void It_takes_as_many_discs_as_it_says()
    {
        var puzzle = Puzzle.All.Last(puzzle => puzzle.Difficulty == Difficulty.Medium);

        var (game, discs) = (puzzle.Moves, 0);
        for (; !game.IsFinished; game = game.Then(Solver.Analyse(game.Board).BestColumns[0]))
            if (game.Board.ToMove == puzzle.Moves.Board.ToMove) discs++;

        Assert.Equal(puzzle.Moves.Board.ToMove, game.Board.Winner);
        Assert.Equal(puzzle.WinsIn, discs);
    }

    [Theory]
    [InlineData("1122", "Too few discs for a plan.")]
    [InlineData("4141412722336", "A disc wins at once.")]
    [InlineData("41412272233655", "The opponent would win at once.")]
    [InlineData("1213141", "The game is over.")]
    public void Nobody_is_asked_what_is_obvious(string moves, string why) => Assert.True(Puzzle.Of(Notation.From(moves), Solver) is null, why);

    [Fact]
    public void A_line_that_is_no_puzzle_is_refused() => Assert.Throws<FormatException>(() => Puzzle.From("4444"));
}
