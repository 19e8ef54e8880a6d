using System.Diagnostics;

namespace ConnectFour.Chaos;

/// <summary>Three nodes on one Redis and one PostgreSQL. Any of the five may die, and any line between two parties may fail.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Count = 3;

    private readonly Parts _parts;
    private int _turn;

    private Cluster(Parts parts, PostgresServer postgres, RedisServer redis, string database, ServerProcess[] nodes, NodeNetworks[] networks) =>
        (_parts, Postgres, Redis, Database, Nodes, Networks) = (parts, postgres, redis, database, nodes, networks);

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    /// <summary>The connection string of what the nodes keep, on no line that fails.</summary>
    public string Database { get; }

    public IReadOnlyList<ServerProcess> Nodes { get; }

    /// <summary>What lies around each node.</summary>
    public IReadOnlyList<NodeNetworks> Networks { get; }

    /// <summary>Where somebody is led by a proxy that knows nobody: to one node after the other, dead or alive.</summary>
    public Uri Somewhere => Door((int)((uint)Interlocked.Increment(ref _turn) % Count));

    public static Task<Cluster> Start(params string[] settings) => Parts.Start(async parts =>
    {
        var (postgres, redis) = (parts.Add(new PostgresServer()), parts.Add(await RedisServer.Start()));
        var name = postgres.Create();
        var database = postgres.ConnectionString(name);
        using var migrate = Process.Start("dotnet", [ServerProcess.PublishedProgram, "migrate", "--ConnectionStrings:Accounts", database]);
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new InvalidOperationException($"It cannot be migrated: {migrate.ExitCode}.");

        var (nodes, networks) = (new ServerProcess[Count], new NodeNetworks[Count]);
        for (var node = 0; node < Count; node++)
        {
            var (toRedis, toPostgres) = (parts.Add(FaultProxy.Before(redis.Address)), parts.Add(FaultProxy.Before(postgres.Address)));
            nodes[node] = parts.Add(await ServerProcess.Published(
            [
                "--ConnectionStrings:Accounts", postgres.ConnectionString(name, toPostgres.Address.Port), "--ConnectionStrings:Redis", toRedis.Address.Authority, "--ConnectFour:Bots:Enabled", "false", .. settings,
            ]));
            networks[node] = new(parts.Add(FaultProxy.Before(nodes[node].Address)), toRedis, toPostgres);
        }
        return new Cluster(parts, postgres, redis, database, nodes, networks);
    });

    /// <summary>Where to reach one of the nodes.</summary>
    public Uri Door(int node) => Networks[node].Clients.Address;

    /// <summary>Ends whatever was done to it: all are there, and all lines are well.</summary>
    public async Task Mend()
    {
        Postgres.Suspend(false);
        foreach (var network in Networks.SelectMany(networks => networks.All).Where(network => (network.Inwards.Fault, network.Outwards.Fault) != (Fault.None, Fault.None)))
        {
            network.Fail(Fault.None);
            network.Reset(); // Nothing follows on a line that has lost something.
        }
        foreach (var node in Nodes.Where(node => node.HasEnded)) await node.StartAgain();
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
