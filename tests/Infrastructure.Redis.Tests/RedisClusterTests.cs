using System.Threading.RateLimiting;
using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Redis may be a Redis Cluster: what belongs together lies together, and what is said is heard whichever server a node has its line to.</summary>
[Collection("One at a time")]
public sealed class RedisClusterTests : IAsyncLifetime
{
    private readonly Cluster _cluster = new();
    private RedisCluster? _redis;

    private RedisCluster Redis => _redis!;

    public async ValueTask InitializeAsync() => _redis = await RedisCluster.Start();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Redis.DisposeAsync();
    }

    [Fact]
    public async Task A_game_between_two_nodes_goes_on_though_all_of_it_is_emptied()
    {
        var (one, two) = (await _cluster.Add(Redis.ConnectionString), await _cluster.Add(Redis.ConnectionString));
        await one.Connect("Ann");
        await two.Connect("Bob");
        var game = await Cluster.Play(one, "Ann", two, "Bob");

        for (var ply = 0; ply < 7; ply++)
        {
            var (node, name) = ply % 2 == 0 ? (one, "Ann") : (two, "Bob");
            await Condition.Holds(() => node.HeardOf(game).Any(step => step.Version == ply + 1));
            Assert.IsType<Reply.Moved>(await node.Send(new MoveCommand(UserName.From(name), game.Value, ply, ply % 2 + 1)));
            if (ply == 3) await Redis.Ask("FLUSHALL");
        }

        foreach (var node in (RedisNode[])[one, two])
        {
            await Condition.Holds(() => node.HeardOf(game).Count() >= 9);
            Assert.Equal(Enumerable.Range(1, 9), node.HeardOf(game).Select(step => step.Version));
            await Condition.Holds(async () => await node.Find("Ann") is { Games.IsEmpty: true } && await node.Find("Bob") is { Tally.Losses: 1 });
        }
    }

    [Fact]
    public async Task What_may_be_done_only_so_often_is_counted_together()
    {
        var once = new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromMinutes(1) };
        await using var client = new RedisClient(RedisClient.Options(Redis.ConnectionString));
        var link = new RedisLink(client, TimeProvider.System);
        await link.Open();
        await using var one = new SharedWindow(link, Keys.Counter("a"), once);
        await using var two = new SharedWindow(link, Keys.Counter("a"), once);

        Assert.True((await one.AcquireAsync()).IsAcquired);
        Assert.False((await two.AcquireAsync()).IsAcquired);
    }
}
