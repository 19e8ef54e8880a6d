using System.Collections.Immutable;
using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Game, ConnectFour.Domain.GameEvent>.Accepted;
using Refused = ConnectFour.Domain.Decision<ConnectFour.Domain.Game, ConnectFour.Domain.GameEvent>.Refused;

namespace ConnectFour.Domain.Tests;

/// <summary>Games with clocks, and how they end: which reason comes first, what the clocks say afterwards, what a journal can hold.</summary>
public sealed class GameEndTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly TimeControl Control = TimeControl.From(10, 2);

    /// <summary>Each of these moves is wrong for two reasons or more.</summary>
    [Theory]
    [InlineData("1212121", "Cy", -1, 1, 0, Refusal.NotAPlayer)]
    [InlineData("1212121", "Bob", 8, 1, 0, Refusal.Stale)]
    [InlineData("4", "Bob", 0, 1, 0, Refusal.NotYourTurn)]
    [InlineData("1212121", "Ann", 6, 2, 0, Refusal.Stale)]
    [InlineData("1212121", "Ann", 7, 1, 60, Refusal.GameIsOver)]
    [InlineData("444444", "Bob", 6, 4, 60, Refusal.NotYourTurn)]
    [InlineData("444444", "Ann", 6, 4, 60, Refusal.TimeIsUp)]
    public void Of_several_reasons_the_first_in_the_documented_order_is_given(string played, string by, int ply, int column, int seconds, Refusal why)
    {
        var game = Played(played);

        var decision = game.Play(UserName.From(by), ply, Column.From(column), Instants.At(seconds));

        Assert.Equal(new Refused(why), decision);
    }

    public static TheoryData<Func<Game, Decision<Game, GameEvent>>, Outcome> Ends => new()
    {
        { game => game.Play(Ann, 6, Column.From(1), Instants.At(3)), new Outcome.FourInLine(Player.First, Notation.From("1212121").Board.WinningCells) },
        { game => game.Quit(Ann, Instants.At(3)), new Outcome.Forfeit(Player.First) },
        { game => game.Quit(Bob, Instants.At(3)), new Outcome.Forfeit(Player.Second) },
        { game => game.Abandon(Ann, Instants.At(3)), new Outcome.Absence(Player.First) },
        { game => game.FallFlag(Instants.At(16)), new Outcome.Flag(Player.First) },
    };

    [Theory, MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void The_end_of_a_game_stops_its_clocks_for_ever(Func<Game, Decision<Game, GameEvent>> end, Outcome outcome)
    {
        var game = Played("121212");

        var over = end(game).Next;

        Assert.Equal(outcome, over.Outcome);
        Assert.Null(over.ToMove);
        Assert.Null(over.Clock!.Running);
        Assert.All([Player.First, Player.Second], player => Assert.Equal(over.Clock.Remaining(player, Instants.At(20)), over.Clock.Remaining(player, Instants.At(9_999))));
    }

    [Theory, MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void After_the_end_nothing_else_can_end_it(Func<Game, Decision<Game, GameEvent>> end, Outcome outcome)
    {
        var over = end(Played("121212")).Next;

        var others = Ends.Where(row => !row.Data.Item2.Equals(outcome)).Select(row => row.Data.Item1(over)).Where(decision => decision is Accepted { Events: not [] });

        Assert.Empty(others);
    }

    [Fact]
    public void Whoever_lost_on_time_has_none_left_and_the_other_keeps_theirs()
    {
        var game = Played("44", secondsPerMove: 1);

        var over = game.FallFlag(Instants.At(500)).Next;

        Assert.Equal(TimeSpan.Zero, over.Clock!.Remaining(Player.First, Instants.At(500)));
        Assert.Equal(TimeSpan.FromSeconds(11), over.Clock.Remaining(Player.Second, Instants.At(500)));
    }

    [Fact]
    public void Staying_away_twice_is_accepted_without_events()
    {
        var over = Played("4").Abandon(Bob, Instants.Start).Next;

        var again = over.Abandon(Bob, Instants.At(1));

        Assert.Equal(over, Assert.IsType<Accepted>(again).Next);
        Assert.Empty(((Accepted)again).Events);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void However_a_game_ends_it_is_the_replay_of_its_events(Notation moves, int ending)
    {
        var (game, events) = (Game.Start(Started()), ImmutableArray.Create<GameEvent>(Started()));

        foreach (var column in moves.Columns) Take(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, Instants.At(events.Length)));
        Take((ending & 3) switch
        {
            0 => game.Quit(Ann, Instants.At(50)),
            1 => game.Quit(Bob, Instants.At(50)),
            2 => game.Abandon(Bob, Instants.At(50)),
            _ => game.FallFlag(Instants.At(999)),
        });

        Assert.Equal(game, Game.Replay(events));
        Assert.Equal(events.Length, game.Version);
        Assert.IsType<GameEvent.Ended>(events[^1]);

        void Take(Decision<Game, GameEvent> decision)
        {
            if (decision is Accepted accepted) (game, events) = (accepted.Next, events.AddRange(accepted.Events));
        }
    }

    [Theory]
    [InlineData("4444444")]
    [InlineData("12121213")]
    public void A_disc_that_the_rules_forbid_is_in_no_game_s_events(string columns)
    {
        var drops = columns.Select((digit, ply) => new GameEvent.DiscDropped((Player)(ply % 2), Column.From(digit - '0'), Instants.At(ply)));

        Assert.Throws<ArgumentException>(() => Game.Replay([Started(), .. drops]));
    }

    private static GameEvent.Started Started() =>
        new(new GameId("g"), new Seat(Ann, DiscColour.Red), new Seat(Bob, DiscColour.Yellow), Control, Instants.Start);

    private static Game Played(string columns, double secondsPerMove = 0) => columns.Aggregate(Game.Start(Started()), (game, digit) =>
        game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), Instants.At(secondsPerMove * (game.Moves.Plies + 1))).Next);

    public static TheoryData<string, Outcome> Invented => new()
    {
        { "", new Outcome.FourInLine(Player.First, default) },
        { "", new Outcome.FullBoard() },
        { "", new Outcome.Flag(Player.Second) },
        { "1212121", new Outcome.FourInLine(Player.Second, Notation.From("1212121").Board.WinningCells) },
        { "1212121", new Outcome.FourInLine(Player.First, default) },
        { "1212121", new Outcome.Forfeit(Player.Second) },
        { "1212121", new Outcome.Absence(Player.Second) },
        { "1212121", new Outcome.Flag(Player.Second) },
        { "1212121", new Outcome.FullBoard() },
    };

    [Theory, MemberData(nameof(Invented))]
    public void An_end_that_the_board_does_not_bear_out_is_no_end(string moves, Outcome outcome)
    {
        var started = new GameEvent.Started(new GameId("g"), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Yellow), TimeControl.Default, Instants.Start);
        var drops = moves.Select((column, ply) => new GameEvent.DiscDropped((Player)(ply % 2), Column.From(column - '0'), Instants.Start));

        Assert.Throws<ArgumentException>(() => Game.Replay([started, .. drops, new GameEvent.Ended(outcome, Instants.Start)]));
    }

    [Fact]
    public void Without_a_clock_no_flag_falls()
    {
        var started = new GameEvent.Started(new GameId("g"), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Yellow), null, Instants.Start);

        Assert.Throws<ArgumentException>(() => Game.Replay([started, new GameEvent.Ended(new Outcome.Flag(Player.First), Instants.Start)]));
    }
}
