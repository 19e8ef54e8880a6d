[assembly: AssemblyFixture(typeof(ConnectFour.Infrastructure.Redis.Tests.SharedRedis))]

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>One Redis for the tests that leave it as they found it: each begins with an empty one, and one at a time.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;

    public RedisServer Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _server = await RedisServer.Start();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
