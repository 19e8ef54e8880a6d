using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>A bus that loses, repeats and reorders: what is published is published by the test, as it likes.</summary>
[Collection("One at a time")]
public sealed class LossyBusTests(SharedRedis redis) : IAsyncLifetime
{
    private const int Moves = 40;

    private readonly Cluster _cluster = new();

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task However_messages_are_lost_repeated_and_reordered_each_version_is_told_once_in_order()
    {
        var (one, two) = (await _cluster.Add(redis.Server.ConnectionString), await _cluster.Add(redis.Server.ConnectionString));
        await one.Connect("Ann");
        await one.Connect("Bob");
        await Condition.Holds(async () => await two.Find("Bob") is not null);
        var random = new Random(7);
        var told = new List<string>();
        two.Get<IRedisServer>().UnsubscribeAll();
        await one.Get<IRedisServer>().Subscribe(Keys.GamesChannel, text => { lock (told) told.Add(text); });
        var game = await Cluster.Play(one, "Ann", one, "Bob");
        var draw = Draws.From(3).Columns;

        for (var ply = 0; ply < Moves; ply++)
            Assert.IsType<Reply.Moved>(await one.Send(new MoveCommand(UserName.From(ply % 2 == 0 ? "Ann" : "Bob"), game.Value, ply, draw[ply].Number)));
        await Condition.Holds(() => { lock (told) return told.Count == Moves + 1; });

        // A fifth is lost, a fifth comes twice, and neighbours change places.
        var bus = two.Get<GameBus>();
        foreach (var message in told.Select((text, index) => (text, at: index + random.Next(3))).OrderBy(late => late.at).Select(late => late.text))
            for (var times = random.Next(5) switch { 0 => 0, 1 => 2, _ => 1 }; times > 0; times--) bus.Take(message);
        await bus.Poll(new HashSet<GameId> { game });

        await Condition.Holds(() => two.HeardOf(game).LastOrDefault().Version == Moves + 1);
        var versions = two.HeardOf(game).Select(step => step.Version).ToImmutableArray();
        Assert.Equal(Enumerable.Range(versions[0], versions.Length), versions);
        Assert.InRange(versions[0], 1, 3);
        Assert.Equal((await _cluster.Journal.For(one.Get<IEvents>()).Read(game)).Skip(versions[0] - 1), two.HeardOf(game).Select(step => step.Event));
    }
}
