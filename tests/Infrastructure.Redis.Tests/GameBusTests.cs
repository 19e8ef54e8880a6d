using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>What a node remembers of games, without a Redis: the others' messages are the test's.</summary>
public sealed class GameBusTests : IAsyncDisposable
{
    private static readonly HashSet<GameId> None = [];

    private readonly FakeTimeProvider _time = new();
    private readonly RedisNode _node;

    public GameBusTests() => _node = RedisNode.Create("127.0.0.1:1", null, services => services.AddSingleton<TimeProvider>(_time));

    private GameBus Bus => _node.Get<GameBus>();

    /// <summary>The journal as another node writes it, of which nobody tells this one.</summary>
    private SharedJournal.View Elsewhere => _node.Get<SharedJournal>().For(new RecordedEvents());

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Games_of_others_that_the_journal_does_not_have_are_forgotten()
    {
        for (var i = 0; i < 100; i++) Hear($"game{i}", isOver: false);
        await Bus.Poll(None);
        var remembered = Bus.Followed;

        _time.Advance(TimeSpan.FromMinutes(2));
        await Bus.Poll(None);
        Hear("late", isOver: false);
        await Bus.Poll(None);

        Assert.Equal(100, remembered);
        Assert.Equal(1, Bus.Followed);
    }

    [Fact]
    public async Task A_game_of_others_that_goes_on_is_remembered_however_long_nothing_is_heard_of_it()
    {
        await Elsewhere.Start(Started("slow"), Person("Ann"), Person("Bob"));
        Hear("slow", isOver: false);

        for (var minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Bus.Poll(None);
        }

        Assert.Equal(new GameId("slow"), Bus.Running.Single().Id);
    }

    [Fact]
    public async Task The_end_of_a_game_of_others_that_was_missed_is_told_half_a_minute_later()
    {
        var started = Started("quit");
        await Elsewhere.Start(started, Person("Ann"), Person("Bob"));
        Hear("quit", isOver: false);
        var quit = Quit(Game.Start(started));
        await Elsewhere.Append(quit.Next, quit.Events);

        await Bus.Poll(None);
        var atOnce = _node.HeardOf(started.Game).Count();
        _time.Advance(TimeSpan.FromSeconds(31));
        await Bus.Poll(None);

        Assert.Equal(1, atOnce);
        await Condition.Holds(() => _node.HeardOf(started.Game).LastOrDefault().Event is GameEvent.Ended);
        Assert.Empty(Bus.Running);
    }

    [Fact]
    public void A_game_is_taken_up_unless_more_was_heard_of_it()
    {
        Hear("over", isOver: true);

        foreach (var id in (string[])["over", "running", "running"]) Bus.TakeUp(Game.Start(Started(id)));

        Assert.Equal([new GameId("running")], _node.Heard.TakenUp.Select(game => game.Id));
        Assert.Equal([new GameId("running")], Bus.Running.Select(game => game.Id));
    }

    [Fact]
    public async Task A_game_that_somebody_here_plays_or_watches_is_not_forgotten()
    {
        Hear("long", isOver: false);
        Hear("over", isOver: true);

        _time.Advance(TimeSpan.FromMinutes(11));
        await Bus.Poll(new HashSet<GameId> { new("long"), new("over") });

        Assert.Equal(2, Bus.Followed);
        Assert.True(Bus.IsOver(new GameId("over")), "Its seats are to be given up.");
    }

    [Fact]
    public async Task One_that_is_over_is_forgotten_after_a_minute()
    {
        Hear("over", isOver: true);
        await Bus.Poll(None);
        var remembered = Bus.Followed;

        _time.Advance(TimeSpan.FromSeconds(61));
        await Bus.Poll(None);

        Assert.Equal(1, remembered);
        Assert.Equal(0, Bus.Followed);
    }

    [Fact]
    public async Task One_that_the_journal_does_not_have_is_taken_for_over_after_a_while_and_for_as_long_as_somebody_has_a_seat_in_it()
    {
        var never = new GameId("never");
        await Bus.Poll(new HashSet<GameId> { never });
        var isOverAtOnce = Bus.IsOver(never);

        _time.Advance(TimeSpan.FromMinutes(3));
        await Bus.Poll(new HashSet<GameId> { never });
        var isOver = Bus.IsOver(never);
        await Bus.Poll(None);

        Assert.False(isOverAtOnce);
        Assert.True(isOver);
        Assert.False(Bus.IsOver(never));
    }

    /// <summary>Another node tells of a game.</summary>
    private void Hear(string id, bool isOver)
    {
        var started = Started(id);
        var game = Game.Start(started);
        if (!isOver)
        {
            Bus.Take(Wire.GameCodec.Encode("x~", game, [started]));
            return;
        }
        var ended = Quit(game);
        Bus.Take(Wire.GameCodec.Encode("x~", ended.Next, [started, .. ended.Events]));
    }

    private static GameEvent.Started Started(string id) =>
        new(new GameId(id), new Seat(UserName.From("Ann"), DiscColour.Red), new Seat(UserName.From("Bob"), DiscColour.Yellow), default, DateTimeOffset.UnixEpoch);

    private static Decision<Game, GameEvent>.Accepted Quit(Game game) => Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Quit(UserName.From("Ann"), DateTimeOffset.UnixEpoch));

    private static User Person(string name) => new(UserName.From(name), UserKind.Guest, new Credential(name), DateTimeOffset.UnixEpoch);
}
