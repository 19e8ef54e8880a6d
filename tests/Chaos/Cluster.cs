using System.Diagnostics;

namespace ConnectFour.Chaos;

/// <summary>Three nodes on one Redis and one PostgreSQL. Any of the five may die, and any line between two parties may fail.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Count = 3;

    private int _turn;

    private Cluster(PostgresServer postgres, RedisServer redis, string database, ServerProcess[] nodes, NodeNetworks[] networks) =>
        (Postgres, Redis, Database, Nodes, Networks) = (postgres, redis, database, nodes, networks);

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    /// <summary>The connection string of what the nodes keep, on no line that fails.</summary>
    public string Database { get; }

    public IReadOnlyList<ServerProcess> Nodes { get; }

    /// <summary>What lies around each node.</summary>
    public IReadOnlyList<NodeNetworks> Networks { get; }

    /// <summary>Where somebody is led by a proxy that knows nobody: to one node after the other, dead or alive.</summary>
    public Uri Somewhere => Door((int)((uint)Interlocked.Increment(ref _turn) % Count));

    public static async Task<Cluster> Start(params string[] settings)
    {
        var (postgres, redis) = (new PostgresServer(), await RedisServer.Start());
        var name = postgres.Create();
        var database = postgres.ConnectionString(name);
        using var migrate = Process.Start("dotnet", [ServerProcess.PublishedProgram, "migrate", "--ConnectionStrings:Accounts", database]);
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new InvalidOperationException($"It cannot be migrated: {migrate.ExitCode}.");

        var (nodes, networks) = (new ServerProcess[Count], new NodeNetworks[Count]);
        for (var node = 0; node < Count; node++)
        {
            var (toRedis, toPostgres) = (FaultProxy.Before(redis.Address), FaultProxy.Before(postgres.Address));
            nodes[node] = await ServerProcess.Published(
            [
                "--ConnectionStrings:Accounts", postgres.ConnectionString(name, toPostgres.Address.Port), "--ConnectionStrings:Redis", toRedis.Address.Authority, "--ConnectFour:Bots:Enabled", "false", .. settings,
            ]);
            networks[node] = new(FaultProxy.Before(nodes[node].Address), toRedis, toPostgres);
        }
        return new Cluster(postgres, redis, database, nodes, networks);
    }

    /// <summary>Where to reach one of the nodes.</summary>
    public Uri Door(int node) => Networks[node].Clients.Address;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        foreach (var networks in Networks) await networks.DisposeAsync();
        await Redis.DisposeAsync();
        Postgres.Dispose();
    }
}
