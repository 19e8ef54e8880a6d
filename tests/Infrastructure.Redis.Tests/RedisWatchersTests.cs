using ConnectFour.Application.Ports;
using ConnectFour.TestKit.Contracts;

namespace ConnectFour.Infrastructure.Redis.Tests;

[Collection("One at a time")]
public sealed class RedisWatchersTests(SharedRedis redis) : WatchersContract, IAsyncLifetime
{
    private RedisNode? _node;

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? default;

    protected override IWatchers Create(LobbyRules rules) => (_node = RedisNode.Start(redis.Server.ConnectionString, rules).GetAwaiter().GetResult()).Get<IWatchers>();
}
