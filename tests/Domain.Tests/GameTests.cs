using System.Collections.Immutable;
using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Game, ConnectFour.Domain.GameEvent>.Accepted;
using Refused = ConnectFour.Domain.Decision<ConnectFour.Domain.Game, ConnectFour.Domain.GameEvent>.Refused;

namespace ConnectFour.Domain.Tests;

public sealed class GameTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    [Fact]
    public void A_new_game_is_at_version_1_and_the_first_player_is_to_move()
    {
        var game = NewGame();

        Assert.Equal(1, game.Version);
        Assert.Equal(Player.First, game.ToMove);
        Assert.Equal(Board.Empty, game.Board);
        Assert.Null(game.Outcome);
        Assert.Equal((Player.First, Player.Second, null), (game.SideOf(Ann), game.SideOf(Bob), game.SideOf(UserName.From("Cy"))));
    }

    [Fact]
    public void A_move_is_one_event_and_the_other_player_s_turn()
    {
        var decision = NewGame().Play(Ann, 0, Column.From(4), Start);

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.Equal(new GameEvent.DiscDropped(Player.First, Column.From(4), Start), Assert.Single(accepted.Events));
        Assert.Equal((2, Player.Second, "4"), (accepted.Next.Version, accepted.Next.ToMove, accepted.Next.Moves.ToString()));
    }

    public static TheoryData<string, string, int, int, Refusal> Refusals => new()
    {
        { "", "Cy", 0, 1, Refusal.NotAPlayer },
        { "", "Ann", -1, 1, Refusal.Stale },
        { "4", "Ann", 2, 1, Refusal.Stale },
        { "4", "Ann", 0, 1, Refusal.Stale },
        { "4", "Bob", 0, 4, Refusal.NotYourTurn },
        { "4", "Ann", 1, 1, Refusal.NotYourTurn },
        { "444444", "Ann", 6, 4, Refusal.ColumnFull },
        { "1212121", "Bob", 7, 3, Refusal.GameIsOver },
        { "1212121", "Ann", 7, 3, Refusal.GameIsOver },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_move_that_the_rules_forbid_is_refused_with_the_reason(string played, string by, int ply, int column, Refusal why)
    {
        var game = Played(played);
        var before = game with { };

        var decision = game.Play(UserName.From(by), ply, Column.From(column), Start);

        Assert.Equal(new Refused(why), decision);
        Assert.Equal(before, game);
    }

    [Theory]
    [InlineData("4", 0, 4)]
    [InlineData("4435", 2, 3)]
    [InlineData("1212121", 6, 1)]
    public void A_repeated_move_is_accepted_without_events_even_after_the_end(string played, int ply, int column)
    {
        var game = Played(played);

        var decision = game.Play(ply % 2 == 0 ? Ann : Bob, ply, Column.From(column), Start);

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.Empty(accepted.Events);
        Assert.Equal(game, accepted.Next);
    }

    [Fact]
    public void Four_in_line_ends_the_game_with_its_cells_in_the_same_step()
    {
        var decision = Played("121212").Play(Ann, 6, Column.From(1), Start);

        var accepted = Assert.IsType<Accepted>(decision);
        var four = Assert.IsType<Outcome.FourInLine>(accepted.Next.Outcome);
        Assert.Equal(["DiscDropped", "Ended"], accepted.Events.Select(happened => happened.GetType().Name));
        Assert.Equal((Player.First, "1/1 1/2 1/3 1/4"), (four.By, four.Cells.ToString()));
        Assert.Equal((9, (Player?)null), (accepted.Next.Version, accepted.Next.ToMove));
    }

    [Property(Arbitrary = [typeof(LegalPlay)], MaxTest = 20)]
    public void A_full_board_without_a_line_is_a_draw(DrawnPlay draw)
    {
        var game = Played(draw.Moves.ToString());

        Assert.Equal(new Outcome.FullBoard(), game.Outcome);
        Assert.Null(game.Outcome!.Winner);
        Assert.Null(game.ToMove);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_game_is_the_replay_of_its_events(Notation moves)
    {
        var game = NewGame(TimeControl.Default);
        var events = ImmutableArray.Create<GameEvent>(Started(TimeControl.Default));

        var now = Start;
        foreach (var column in moves.Columns)
        {
            now += TimeSpan.FromSeconds(1.5);
            var accepted = (Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, now);
            (game, events) = (accepted.Next, events.AddRange(accepted.Events));
        }

        Assert.Equal(game, Game.Replay(events));
        Assert.Equal(events.Length, game.Version);
    }

    [Fact]
    public void Quitting_is_a_forfeit_that_the_other_player_wins()
    {
        var decision = Played("4").Quit(Ann, Start);

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.Equal(new Outcome.Forfeit(Player.First), accepted.Next.Outcome);
        Assert.Equal(Player.Second, accepted.Next.Outcome!.Winner);
        Assert.Empty(Assert.IsType<Accepted>(accepted.Next.Quit(Ann, Start)).Events);
        Assert.Equal(new Refused(Refusal.GameIsOver), accepted.Next.Quit(Bob, Start));
        Assert.Equal(new Refused(Refusal.NotAPlayer), accepted.Next.Quit(UserName.From("Cy"), Start));
    }

    [Fact]
    public void Staying_away_loses_once()
    {
        var decision = Played("4").Abandon(Bob, Start);

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.Equal(new Outcome.Absence(Player.Second), accepted.Next.Outcome);
        Assert.Equal(new Refused(Refusal.GameIsOver), accepted.Next.Abandon(Ann, Start));
        Assert.Equal(new Refused(Refusal.NotAPlayer), accepted.Next.Abandon(UserName.From("Cy"), Start));
    }

    [Fact]
    public void A_flag_falls_when_the_time_is_up_and_not_before()
    {
        var game = NewGame(TimeControl.From(10, 0));

        var early = game.FallFlag(Start.AddSeconds(9.9));
        var due = game.FallFlag(Start.AddSeconds(10));
        var never = NewGame().FallFlag(Start.AddYears(1));

        Assert.Empty(Assert.IsType<Accepted>(early).Events);
        Assert.Equal(new Outcome.Flag(Player.First), Assert.IsType<Accepted>(due).Next.Outcome);
        Assert.Equal(new Refused(Refusal.GameIsOver), ((Accepted)due).Next.FallFlag(Start.AddSeconds(11)));
        Assert.Empty(Assert.IsType<Accepted>(never).Events);
    }

    [Fact]
    public void A_move_after_the_flag_is_refused_and_one_in_the_last_instant_counts()
    {
        var game = NewGame(TimeControl.From(10, 0));

        var late = game.Play(Ann, 0, Column.From(4), Start.AddSeconds(10));
        var last = game.Play(Ann, 0, Column.From(4), Start.AddSeconds(9.999));

        Assert.Equal(new Refused(Refusal.TimeIsUp), late);
        Assert.IsType<Accepted>(last);
    }

    public static TheoryData<GameEvent[]> Impossible => new(
    [
        [],
        [new GameEvent.DiscDropped(Player.First, Column.From(1), Start)],
        [Started(null), Started(null)],
        [Started(null), new GameEvent.DiscDropped(Player.Second, Column.From(1), Start)],
        [Started(null), new GameEvent.Ended(new Outcome.Forfeit(Player.First), Start), new GameEvent.DiscDropped(Player.First, Column.From(1), Start)],
    ]);

    [Theory, MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void Events_that_do_not_follow_from_each_other_make_no_game(GameEvent[] events)
    {
        Assert.Throws<ArgumentException>(() => Game.Replay(events));
    }

    private static GameEvent.Started Started(TimeControl? control) =>
        new(new GameId("g"), new Seat(Ann, DiscColour.Red), new Seat(Bob, DiscColour.Yellow), control, Start);

    private static Game NewGame(TimeControl? control = null) => Game.Start(Started(control));

    private static Game Played(string columns) => columns.Aggregate(NewGame(), (game, digit) =>
        ((Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), Start)).Next);
}
