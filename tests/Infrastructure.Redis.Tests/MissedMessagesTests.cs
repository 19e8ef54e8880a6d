using System.Globalization;
using ConnectFour.Application;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Messages of the lobby that do not come, or cannot be understood.</summary>
[Collection("One at a time")]
public sealed class MissedMessagesTests(SharedRedis redis) : IAsyncLifetime
{
    private readonly Cluster _cluster = new();

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Instead_of_a_message_that_it_does_not_understand_a_node_reads_the_lobby_at_once_and_once()
    {
        var node = await _cluster.Add(redis.Server.ConnectionString);
        await node.Connect("Ann");
        var reads = await WholeReads(node);

        await Publish(node, ["{ not of this version"]);
        await Condition.Holds(() => node.Get<LobbyStream>().Replica.Mark == "op0");
        await node.Connect("Bob");

        Assert.NotNull(await node.Find("Bob"));
        Assert.Equal(reads + 1, await WholeReads(node));
    }

    [Fact]
    public async Task One_that_is_found_in_the_log_does_not_stop_it_either()
    {
        var node = await _cluster.Add(redis.Server.ConnectionString);
        await node.Connect("Ann");
        node.Get<RedisLink>().HearNothing();

        await Publish(node, ["{}", "{ not of this version", "{}"]);

        await Condition.Holds(() => node.Get<LobbyStream>().Replica.Mark == "op2");
        Assert.NotNull(await node.Find("Ann"));
    }

    [Fact]
    public async Task A_user_that_makes_no_sense_does_not_keep_the_others_from_being_seen()
    {
        var one = await _cluster.Add(redis.Server.ConnectionString);
        await one.Connect("Ann");
        await redis.Server.Ask("HSET {lobby}:users BOB nonsense");

        var two = await _cluster.Add(redis.Server.ConnectionString);

        Assert.NotNull(await two.Find("Ann"));
        Assert.Null(await two.Find("Bob"));
    }

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task However_many_are_missing_they_are_told_from_the_log_and_the_lobby_is_not_read_whole(int missing)
    {
        var node = await _cluster.Add(redis.Server.ConnectionString);
        node.Get<RedisLink>().HearNothing();
        var reads = await WholeReads(node);

        await Publish(node, [.. Enumerable.Repeat("""{"events":[{"kind":"seatsLeft","game":"g"}]}""", missing)]);

        await Condition.Holds(() => node.Heard.Lobby.Count == missing);
        Assert.Equal(reads, await WholeReads(node));
    }

    [Fact]
    public async Task Who_has_a_seat_of_which_only_the_whole_lobby_tells_is_shown_the_game_as_it_is()
    {
        var (one, two) = (await _cluster.Add(redis.Server.ConnectionString), await _cluster.Add(redis.Server.ConnectionString));
        await one.Connect("Ann");
        await two.Connect("Bob");
        await Condition.Holds(async () => await one.Find("Bob") is not null && await two.Find("Ann") is not null);
        var (ann, bob, id) = ((await one.Find("Ann"))!, (await two.Find("Bob"))!, new GameId("g"));
        var started = new GameEvent.Started(id, new Seat(ann.Name, DiscColour.Red), new Seat(bob.Name, DiscColour.Yellow), new Terms(null), one.Get<ServerTime>().Now);
        await one.Get<IGameJournal>().Start(started, ann, bob);

        await Cluster.GoOnOtherwise(one, 1, ann with { Games = [new GameSeat(id, Player.First, bob.Name)] }, bob with { Games = [new GameSeat(id, Player.Second, ann.Name)] });

        foreach (var node in (RedisNode[])[one, two])
            await Condition.Holds(() => node.Heard.Lobby.OfType<LobbyEvent.Reseated>().Any(shown => (shown.Game, shown.Version, shown.First?.Name, shown.Second?.Name) == (id, 1, ann.Name, bob.Name)));
        Assert.DoesNotContain(one.Heard.Lobby, happened => happened is LobbyEvent.SeatsLeft);
    }

    /// <summary>Stores and publishes as another node does, all at once.</summary>
    private static async Task Publish(RedisNode node, string[] messages)
    {
        var epoch = node.Get<LobbyStream>().Replica.Epoch;
        await Task.WhenAll(messages.Select((json, i) => node.Get<RedisLink>().Run(
            Scripts.Commit, [Keys.Users, Keys.Log, Keys.Operation($"{i}")], [epoch, 0, $"op{i}", long.MaxValue, Keys.LobbyChannel.ToString(), json, 10_000, 60, 0])));
    }

    /// <summary>How often Redis was asked for a whole hash.</summary>
    private static async Task<int> WholeReads(RedisNode node) =>
        (await node.Get<RedisLink>().Run("return redis.call('INFO', 'commandstats')", [], [])).ToString().Split('\n').FirstOrDefault(line => line.StartsWith("cmdstat_hgetall:calls=", StringComparison.Ordinal)) is { } line
            ? int.Parse(line["cmdstat_hgetall:calls=".Length..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture)
            : 0;
}
