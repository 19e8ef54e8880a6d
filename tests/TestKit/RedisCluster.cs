using System.Globalization;

namespace ConnectFour.TestKit;

/// <summary>A Redis Cluster of one test's own: three servers, each with a third of the keys.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16_384;

    private readonly List<RedisServer> _servers = [];

    private RedisCluster() { }

    /// <summary>What to connect to: one of them tells of the others.</summary>
    public string ConnectionString => _servers[0].ConnectionString;

    public static Task<RedisCluster> Start(int servers = 3) => Parts.Start(async parts =>
    {
        var cluster = parts.Add(new RedisCluster());
        for (var number = 0; number < servers; number++)
        {
            var bus = FreePort.Find().ToString(CultureInfo.InvariantCulture);
            var server = await RedisServer.Start("--cluster-enabled", "yes", "--cluster-port", bus);
            cluster._servers.Add(server);
            await server.Ask($"CLUSTER ADDSLOTSRANGE {Slots * number / servers} {Slots * (number + 1) / servers - 1}");
            await cluster._servers[0].Ask($"CLUSTER MEET 127.0.0.1 {server.Port} {bus}");
        }
        await Condition.Holds(async () => (await Task.WhenAll(cluster._servers.Select(server => server.Ask("GET key")))).All(answer => answer is not null && !answer.StartsWith("-CLUSTERDOWN", StringComparison.Ordinal)));
        return cluster;
    });

    /// <summary>Sends a command to each server.</summary>
    public Task Ask(string command) => Task.WhenAll(_servers.Select(server => server.Ask(command)));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
