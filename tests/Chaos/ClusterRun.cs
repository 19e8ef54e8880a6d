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

    public static TimeSpan Length => TimeSpan.FromMinutes(KillRun.Number("CONNECTFOUR_CHAOS_MINUTES", 3));

    public static Task<Cluster> Start() => Cluster.Start(KillRun.Settings);

    public static async Task<(ImmutableArray<Violation> Violations, Figures Figures, ImmutableArray<string> Faults, ImmutableArray<int> Exits)> Of(Cluster cluster, int pairs, TimeSpan length)
    {
        var (history, random) = (new History(), new Random(KillRun.Seed));
        var clients = KillRun.Clients(() => cluster.Somewhere, history, pairs);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        using var end = new CancellationTokenSource(length, TimeProvider.System);
        Supervisor[] nodes = [.. cluster.Nodes.Select(node => new Supervisor(node))];

        var faults = await Task.WhenAll(
            Every(BetweenFlushes, end, [("Redis emptied", () => cluster.Redis.Ask("FLUSHALL"))]),
            Every(BetweenKills, end, [("a node killed", () => nodes[random.Next(nodes.Length)].Kill(TimeSpan.FromMilliseconds(random.Next(0, 2_000))))]),
            Every(BetweenTroubles, end,
            [
                ("PostgreSQL stalled", () => StandStill(cluster.Postgres.Suspend)),
                ("Redis paused", () => cluster.Redis.Ask($"CLIENT PAUSE {Stall.TotalMilliseconds:0}")),
                ("all nodes replaced", () => Replace(nodes)),
            ]),
            Blow(cluster, length, end));
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(KillRun.Patience);
        var exits = await Task.WhenAll(cluster.Nodes.Select(node => node.Stop()));
        Array.ForEach(nodes, node => node.Dispose());

        var journal = Journal.OfPostgres(cluster.Database);
        return (
            HistoryChecker.Check(history, journal.Games, journal.Users, KillRun.Graces),
            Figures.Of(history),
            [.. faults.SelectMany(all => all).CountBy(fault => fault).Select(fault => $"{fault.Value} x {fault.Key}")],
            [.. exits]);
    }

    /// <summary>Lets something happen after each period: the first, the second and so on, and the first again.</summary>
    /// <returns>What happened.</returns>
    private static async Task<ImmutableArray<string>> Every(TimeSpan period, CancellationTokenSource end, ImmutableArray<(string Name, Func<Task> Happens)> faults)
    {
        var happened = ImmutableArray.CreateBuilder<string>();
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                var (name, happens) = faults[happened.Count % faults.Length];
                await happens();
                happened.Add(name);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run is over.
        }
        finally
        {
            await end.CancelAsync(); // One that failed ends the run.
        }
        return happened.ToImmutable();
    }

    private static async Task<ImmutableArray<string>> Blow(Cluster cluster, TimeSpan length, CancellationTokenSource end) =>
        [.. Enumerable.Repeat("a line failed", await Weather.Blow(Weather.Of(KillRun.Seed, length), cluster.Networks, end.Token))];

    private static async Task Replace(Supervisor[] nodes)
    {
        foreach (var node in nodes) await node.Replace();
    }

    private static async Task StandStill(Action<bool> suspend)
    {
        suspend(true);
        await Task.Delay(Stall, TimeProvider.System);
        suspend(false);
    }
}
