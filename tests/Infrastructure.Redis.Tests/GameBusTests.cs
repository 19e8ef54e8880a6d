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

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Games_of_others_are_forgotten_when_nothing_is_heard_of_them_any_more()
    {
        for (var i = 0; i < 100; i++) Hear($"game{i}", isOver: false);
        await Bus.Poll(None);
        var remembered = Bus.Followed;

        _time.Advance(TimeSpan.FromMinutes(11));
        Hear("late", isOver: false);
        await Bus.Poll(None);

        Assert.Equal(100, remembered);
        Assert.Equal(1, Bus.Followed);
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
    public async Task One_that_the_journal_does_not_have_is_taken_for_over_after_a_minute_and_for_as_long_as_somebody_has_a_seat_in_it()
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
        var started = new GameEvent.Started(new GameId(id), new Seat(UserName.From("Ann"), DiscColour.Red), new Seat(UserName.From("Bob"), DiscColour.Yellow), default, DateTimeOffset.UnixEpoch);
        var game = Game.Start(started);
        if (!isOver)
        {
            Bus.Take(Wire.GameCodec.Encode("x~", game, [started]));
            return;
        }
        var ended = Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Quit(UserName.From("Ann"), DateTimeOffset.UnixEpoch));
        Bus.Take(Wire.GameCodec.Encode("x~", ended.Next, [started, .. ended.Events]));
    }
}
