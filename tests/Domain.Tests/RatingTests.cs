using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.Domain.Tests;

/// <summary>Glicko-2, and what is made of it here.</summary>
public sealed class RatingTests
{
    /// <summary>The worked example of Glickman's paper: a player of 1500 meets three opponents in one rating period.</summary>
    [Fact]
    public void The_published_example_comes_out_as_published()
    {
        Glicko2.Result[] results = [new(1400, 30, 1), new(1550, 100, 0), new(1700, 300, 0)];

        var (rating, deviation, volatility) = Glicko2.Update(1500, 200, 0.06, results, periods: 1);

        Assert.Equal(1464.06, rating, 0.01);
        Assert.Equal(151.52, deviation, 0.01);
        Assert.Equal(0.05999, volatility, 0.00001);
    }

    [Fact]
    public void Who_does_not_play_keeps_the_rating_and_is_known_less_and_less()
    {
        var (rating, deviation, volatility) = Glicko2.Update(1500, 200, 0.06, [], periods: 1);

        Assert.Equal((1500, 0.06), (rating, volatility));
        Assert.Equal(Math.Sqrt((200 * 200) + Math.Pow(0.06 * 173.7178, 2)), deviation, 1e-9);
    }

    [Property(Arbitrary = [typeof(Ratings)])]
    public void A_winner_never_falls_and_a_loser_never_rises(Rating one, Rating two, ushort hours)
    {
        var (winner, loser) = one.Played(two, 1, Later(one, two, hours));

        Assert.True(winner.Value >= one.Value);
        Assert.True(loser.Value <= two.Value);
    }

    [Fact]
    public void Who_beats_somebody_far_weaker_loses_nothing_by_rounding()
    {
        var (strong, weak) = (new Rating(5814, 81, 0.035, Instants.Start), new Rating(-1721, 324, 0.047, Instants.Start));

        var (winner, loser) = strong.Played(weak, 1, Instants.At(1));

        Assert.InRange(winner.Value, 5814, 5814.001);
        Assert.InRange(loser.Value, -1721.001, -1721);
    }

    [Property(Arbitrary = [typeof(Ratings)])]
    public void A_game_looks_the_same_from_both_sides(Rating one, Rating two, ushort hours)
    {
        var now = Later(one, two, hours);

        var (mine, theirs) = one.Played(two, 0.5, now);

        Assert.Equal((theirs, mine), two.Played(one, 0.5, now));
    }

    [Property(Arbitrary = [typeof(Ratings)])]
    public void Whatever_is_played_stays_within_bounds(Rating one, Rating two, ushort hours, byte score)
    {
        var (mine, theirs) = one.Played(two, (score % 3) / 2.0, Later(one, two, hours));

        foreach (var rating in (Rating[])[mine, theirs])
        {
            Assert.True(double.IsFinite(rating.Value));
            Assert.InRange(rating.Deviation, 30, 350);
            Assert.InRange(rating.Volatility, 0, 0.1);
        }
    }

    [Fact]
    public void A_year_without_games_makes_a_sure_rating_an_unsure_one_and_nothing_makes_it_unsurer_than_a_beginners()
    {
        var sure = new Rating(1700, 60, 0.06, Instants.Start);

        Assert.Equal(110, sure.DeviationAt(Instants.Start.AddYears(1)), 1.0);
        Assert.Equal(350, sure.DeviationAt(Instants.Start.AddYears(100)));
        Assert.Equal(60, sure.DeviationAt(Instants.Start.AddYears(-1)));
    }

    [Fact]
    public void Two_beginners_gain_and_lose_the_same_and_are_provisional_until_more_is_known()
    {
        var beginner = Rating.Initial(Instants.Start);

        var (winner, loser) = beginner.Played(beginner, 1, Instants.Start);
        var regular = winner;
        for (var i = 0; i < 20; i++) regular = regular.Played(new Rating(1500, 60, 0.06, Instants.Start), i % 2, Instants.Start).Mine;

        Assert.Equal(winner.Value - 1500, 1500 - loser.Value, 1e-9);
        Assert.True(winner.IsProvisional);
        Assert.False(regular.IsProvisional);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("4", false)]
    [InlineData("44", true)]
    public void A_game_counts_once_each_side_has_moved(string moves, bool counts)
    {
        var (ann, bob) = (UserName.From("Ann"), UserName.From("Bob"));
        var started = new GameEvent.Started(new GameId("g"), new(ann, DiscColour.Red), new(bob, DiscColour.Yellow), TimeControl.Default, Instants.Start, Stakes.Rated);
        var game = moves.Aggregate(Game.Start(started), (game, digit) => game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), Instants.Start).Next);

        Assert.False(game.CountsForRatings);
        Assert.Equal(counts, game.Quit(ann, Instants.Start).Next.CountsForRatings);
        Assert.False(Game.Start(started with { Stakes = Stakes.Casual }).Quit(ann, Instants.Start).Next.CountsForRatings);
    }

    private static DateTimeOffset Later(Rating one, Rating two, ushort hours) => (one.At > two.At ? one.At : two.At).AddHours(hours);

    /// <summary>Ratings from the impossible to the usual.</summary>
    private static class Ratings
    {
        public static Arbitrary<Rating> Any() => Arb.From(
            from value in Gen.Choose(-2_000, 6_000)
            from deviation in Gen.Choose(30, 350)
            from volatility in Gen.Choose(1, 100)
            from day in Gen.Choose(0, 5_000)
            select new Rating(value, deviation, volatility / 1_000.0, Instants.Start.AddDays(day)));
    }
}
