namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Tests that do to their Redis what no other could bear.</summary>
public abstract class OnOwnRedis : IAsyncLifetime
{
    private RedisServer? _redis;

    private protected RedisServer Redis => _redis!;

    private protected Cluster Nodes { get; } = new();

    public async ValueTask InitializeAsync() => _redis = await RedisServer.Start();

    public async ValueTask DisposeAsync()
    {
        await Nodes.DisposeAsync();
        await Redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
