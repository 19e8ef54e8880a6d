using System.Threading.RateLimiting;

namespace ConnectFour.Infrastructure.Redis.Tests;

[Collection("One at a time")]
public sealed class SharedWindowTests(SharedRedis redis) : IAsyncLifetime
{
    private static readonly FixedWindowRateLimiterOptions Three = new() { PermitLimit = 3, Window = TimeSpan.FromMinutes(1) };

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Two_nodes_together_let_as_many_pass_as_one_alone_and_say_when_to_come_back()
    {
        await using var client = new RedisClient(RedisClient.Options(redis.Server.ConnectionString));
        var link = new RedisLink(client, TimeProvider.System);
        await link.Open();
        await using var one = new SharedWindow(link, Keys.Counter("a"), Three);
        await using var two = new SharedWindow(link, Keys.Counter("a"), Three);

        var passed = new List<bool>();
        foreach (var node in (RateLimiter[])[one, two, one]) passed.Add((await node.AcquireAsync()).IsAcquired);
        using var refused = await two.AcquireAsync();

        Assert.DoesNotContain(false, passed);
        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.FromSeconds(50) && wait <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_Redis_each_node_holds_to_the_limit_by_itself()
    {
        await using var client = new RedisClient(RedisClient.Options("127.0.0.1:1,connectTimeout=100"));
        var link = new RedisLink(client, TimeProvider.System);
        await link.Open();
        await using var alone = new SharedWindow(link, Keys.Counter("a"), Three);

        var passed = new List<bool>();
        for (var i = 0; i < 4; i++) passed.Add((await alone.AcquireAsync()).IsAcquired);

        Assert.Equal([true, true, true, false], passed);
    }
}
