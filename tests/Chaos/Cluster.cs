using System.Diagnostics;

namespace ConnectFour.Chaos;

/// <summary>Three nodes on one Redis and one PostgreSQL. Any of the five may die.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int Count = 3;

    private int _turn;

    private Cluster(PostgresServer postgres, RedisServer redis, string database, ServerProcess[] nodes) => (Postgres, Redis, Database, Nodes) = (postgres, redis, database, nodes);

    public PostgresServer Postgres { get; }

    public RedisServer Redis { get; }

    /// <summary>The connection string of what the nodes keep.</summary>
    public string Database { get; }

    public IReadOnlyList<ServerProcess> Nodes { get; }

    /// <summary>Where somebody is led by a proxy that knows nobody: to one node after the other, dead or alive.</summary>
    public Uri Somewhere => Nodes[(int)((uint)Interlocked.Increment(ref _turn) % Count)].Address;

    public static async Task<Cluster> Start(params string[] settings)
    {
        var (postgres, redis) = (new PostgresServer(), await RedisServer.Start());
        var database = postgres.ConnectionString(postgres.Create());
        string[] all = ["--ConnectionStrings:Accounts", database, "--ConnectionStrings:Redis", redis.ConnectionString, "--ConnectFour:Bots:Enabled", "false", .. settings];
        using var migrate = Process.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "server", "ConnectFour.Web.dll"), "migrate", "--ConnectionStrings:Accounts", database]);
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new InvalidOperationException($"It cannot be migrated: {migrate.ExitCode}.");

        var nodes = new ServerProcess[Count];
        for (var node = 0; node < Count; node++) nodes[node] = await ServerProcess.Published(all);
        return new Cluster(postgres, redis, database, nodes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Redis.DisposeAsync();
        Postgres.Dispose();
    }
}
