using ConnectFour.Application.Ports;
using ConnectFour.TestKit.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.Redis.Tests;

[Collection("One at a time")]
public sealed class RedisLobbyTests(SharedRedis redis) : LobbyContract, IAsyncLifetime
{
    private RedisNode? _node;

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? default;

    protected override ILobby Create(LobbyRules rules, IEvents audience) =>
        (_node = RedisNode.Start(redis.Server.ConnectionString, rules, services => services.AddSingleton((IAudience)audience)).GetAwaiter().GetResult()).Lobby;
}
