namespace ConnectFour.Engine.Tests;

/// <summary>Each level gives away what it says, and so each is stronger than the one before.</summary>
public sealed class OpponentTests(ITestOutputHelper output)
{
    private readonly Solver _solver = new();

    [Fact]
    public void A_perfect_opponent_gives_nothing_away()
    {
        var opponent = new Opponent(Level.Perfect, new Random(1));

        foreach (var board in Enumerable.Range(0, 100).Select(seed => Positions.Random(seed, 12 + seed % 16)))
        {
            var analysis = _solver.Analyse(board);

            Assert.Contains(opponent.Choose(analysis), analysis.BestColumns);
        }
    }

    [Theory]
    [InlineData(Level.Rookie)]
    [InlineData(Level.Casual)]
    [InlineData(Level.Club)]
    [InlineData(Level.Master)]
    public void A_level_gives_away_on_average_what_it_says(Level level)
    {
        const int Draws = 20_000;
        var analysis = _solver.Analyse(Notation.From("4434434262").Board);
        var opponent = new Opponent(level, new Random(1));

        var given = Enumerable.Range(0, Draws).Average(_ => Loss(analysis, opponent.Choose(analysis)));

        Assert.InRange(given, Opponent.Generosity(level) * 0.9, Opponent.Generosity(level) * 1.1);
    }

    [Fact]
    public void The_only_column_with_room_is_played_at_any_level()
    {
        var analysis = _solver.Analyse(Notation.From("7573411327735756472624163231346522546546").Board);

        var chosen = Enum.GetValues<Level>().Select(level => new Opponent(level, new Random(1)).Choose(analysis).Number);

        Assert.All(chosen, column => Assert.Equal(1, column));
    }

    [Fact]
    public void The_same_seed_chooses_the_same()
    {
        var analysis = _solver.Analyse(Notation.From("4434434262").Board);

        var (one, other) = (new Opponent(Level.Rookie, new Random(5)), new Opponent(Level.Rookie, new Random(5)));

        Assert.Equal(Enumerable.Range(0, 20).Select(_ => one.Choose(analysis)), Enumerable.Range(0, 20).Select(_ => other.Choose(analysis)));
    }

    [Fact]
    public void A_game_that_is_over_has_no_column_to_choose() =>
        Assert.Throws<ArgumentException>(() => new Opponent(Level.Club, new Random(1)).Choose(_solver.Analyse(Notation.From("1212121").Board)));

    [Theory]
    [InlineData(Level.Casual, Level.Rookie)]
    [InlineData(Level.Club, Level.Casual)]
    [InlineData(Level.Master, Level.Club)]
    [InlineData(Level.Perfect, Level.Master)]
    public void Each_level_beats_the_one_below(Level stronger, Level weaker)
    {
        var share = new Tournament(_solver, seed: 1).Share(stronger, weaker, pairs: 30);

        output.WriteLine($"{stronger} against {weaker}: {share:P0}");
        Assert.InRange(share, 0.65, 1);
    }

    private static double Loss(Analysis analysis, Column column) => Worth(analysis.Score) - Worth(analysis[column]!.Value.Exact);

    private static double Worth(Score score) => Math.Sign(score.Value) + score.Value / 18.0;
}
