using System.Globalization;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.TestKit;
using StackExchange.Redis;

namespace ConnectFour.Bench.Load;

/// <summary>Nodes on one Redis and one PostgreSQL, which count what they are asked. The nodes have one core, Redis, PostgreSQL and the load have the other.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    private readonly Parts _parts;
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;
    private readonly string _database;
    private readonly ServerProcess[] _nodes;
    private readonly ConnectionMultiplexer _line;

    private MeasuredCluster(Parts parts, PostgresServer postgres, RedisServer redis, string database, ServerProcess[] nodes, ConnectionMultiplexer line) =>
        (_parts, _postgres, _redis, _database, _nodes, _line) = (parts, postgres, redis, database, nodes, line);

    /// <summary>Of the nodes, with commas between.</summary>
    public string Addresses => string.Join(',', _nodes.Select(node => node.Address));

    public string Processes => string.Join(',', _nodes.Select(node => node.ProcessId));

    public static Task<MeasuredCluster> Start(int nodes) => Parts.Start(async parts =>
    {
        var (postgres, redis) = (parts.Add(PostgresServer.With(PostgresStatements.Setting)), parts.Add(await RedisServer.Start()));
        foreach (var process in postgres.Processes.Append(redis.ProcessId)) await Cores.Move(process, Cores.Load);
        var database = postgres.ConnectionString(postgres.Create());
        await PostgresStatements.Enable(database);
        Registration.MigratePostgres(database);

        var started = new ServerProcess[nodes];
        for (var node = 0; node < nodes; node++)
            started[node] = parts.Add(await ServerProcess.Pinned(
                Cores.Server, typeof(Web.Server).Assembly.Location, ["--ConnectionStrings:Accounts", database, "--ConnectionStrings:Redis", redis.ConnectionString, "--ConnectFour:Bots:Enabled", "false", .. LoadBench.Wide]));
        return new MeasuredCluster(parts, postgres, redis, database, started, parts.Add(await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true")));
    });

    /// <summary>What Redis and PostgreSQL have been asked so far.</summary>
    public async Task<StoreCounts> Counts()
    {
        var info = (await _line.GetServers()[0].InfoRawAsync("everything"))!.Split("\r\n").Select(line => line.Split(':', 2)).Where(line => line.Length == 2).ToDictionary(line => line[0], line => line[1]);
        var commands = info.Where(line => line.Key.StartsWith("cmdstat_", StringComparison.Ordinal))
            .ToDictionary(line => line.Key["cmdstat_".Length..], line => long.Parse(line.Value.Split(["calls=", ","], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
        return new(
            commands, long.Parse(info["total_net_output_bytes"], CultureInfo.InvariantCulture), Usage.Cpu(_redis.ProcessId),
            await PostgresStatements.Counted(_database), _postgres.Processes.Sum(Usage.Cpu));
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
