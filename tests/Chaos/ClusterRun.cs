using System.Collections.Immutable;

namespace ConnectFour.Chaos;

/// <summary>Clients who play on a cluster whose parts are killed, emptied, stopped and replaced, and whose lines fail, and what became of their moves.</summary>
internal static class ClusterRun
{
    /// <summary>How often Redis loses all that it knows, whatever else happens.</summary>
    private static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(5);

    /// <summary>How often a node is killed, whatever else happens.</summary>
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(10);

    /// <summary>How often something else befalls the cluster.</summary>
    private static readonly TimeSpan BetweenTroubles = TimeSpan.FromSeconds(10);

    /// <summary>Less than what counts as an outage, for which clocks would get their time back.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(2);

    /// <summary>More than that, and than a player may be absent.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    /// <summary>How long a node may take on a slow machine to end and to be there again.</summary>
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(60);

    /// <summary>What lies between a client and a node holds their end back for as long as it fails. When PostgreSQL is back we know exactly: it does not have to start.</summary>
    public static readonly Graces Graces = RunSettings.Graces with { Noticing = Weather.Longest, StartUp = TimeSpan.Zero };

    public static TimeSpan Length => TimeSpan.FromMinutes(RunSettings.Number("CONNECTFOUR_CHAOS_MINUTES", 3));

    public static Task<Cluster> Start() => Cluster.Start(RunSettings.Server);

    public static async Task<(ImmutableArray<Violation> Violations, Figures Figures, ImmutableArray<Befallen> Faults, ImmutableArray<int> Exits)> Of(Cluster cluster, int pairs, TimeSpan length)
    {
        var (history, random) = (new History(), new Random(RunSettings.Seed));
        var clients = Company.Of(pairs, () => cluster.Somewhere, history);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        using var end = new CancellationTokenSource(length, TimeProvider.System);
        Supervisor[] nodes = [.. cluster.Nodes.Select(node => new Supervisor(node))];

        var faults = await Task.WhenAll(
            Trouble.Every(BetweenFlushes, length, end, new Trouble("Redis emptied", Stall, () => Tell(cluster.Redis, "FLUSHALL"))),
            Trouble.Every(BetweenKills, length, end, new Trouble("a node killed", 2 * Restart, () => nodes[random.Next(nodes.Length)].Kill(TimeSpan.FromMilliseconds(random.Next(0, 2_000))))),
            Trouble.Every(BetweenTroubles, length, end,
                new("PostgreSQL stalled", Stall, () => StandStill(cluster.Postgres, Stall)),
                new("PostgreSQL away", Outage, async () => history.Add(await StandStill(cluster.Postgres, Outage))),
                new("Redis paused", Stall, () => Tell(cluster.Redis, $"CLIENT PAUSE {Stall.TotalMilliseconds:0}")),
                new("all nodes replaced", 2 * nodes.Length * Restart, () => Replace(nodes))),
            Blow(cluster, length, end));
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(RunSettings.Patience);
        var exits = await Task.WhenAll(cluster.Nodes.Select(node => node.Stop()));
        Array.ForEach(nodes, node => node.Dispose());

        var journal = Journal.OfPostgres(cluster.Database);
        return (HistoryChecker.Check(history, journal.Games, journal.Users, Graces), Figures.Of(history), [.. faults.SelectMany(all => all)], [.. exits]);
    }

    private static async Task<ImmutableArray<Befallen>> Blow(Cluster cluster, TimeSpan length, CancellationTokenSource end)
    {
        var weather = Weather.Of(RunSettings.Seed, length);
        return [new("a line failed", await Weather.Blow(weather, cluster.Networks, end.Token), weather.Length / 2)];
    }

    /// <exception cref="IOException">Redis does not do it.</exception>
    private static async Task Tell(RedisServer redis, string command)
    {
        if (await redis.Ask(command) is not "+OK" and var answer) throw new IOException($"{command}: {answer}");
    }

    private static async Task Replace(Supervisor[] nodes)
    {
        foreach (var node in nodes) await node.Replace();
    }

    private static async Task<Observation.Outage> StandStill(PostgresServer postgres, TimeSpan length)
    {
        postgres.Suspend();
        try
        {
            var gone = TimeProvider.System.GetUtcNow();
            await Task.Delay(length, TimeProvider.System);
            return new(gone, TimeProvider.System.GetUtcNow());
        }
        finally
        {
            postgres.Suspend(false);
        }
    }
}
