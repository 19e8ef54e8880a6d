using System.Collections.Immutable;

namespace ConnectFour.Chaos;

/// <summary>Clients who play on a cluster whose parts are killed, emptied, stopped and replaced, and whose lines fail, and what became of their moves.</summary>
internal static class ClusterRun
{
    /// <summary>Between two of those faults that come one after another.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How often Redis loses all that it knows, whatever else happens.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromSeconds(5);

    /// <summary>How often a node may give up before it is a failure.</summary>
    private const int Starts = 3;

    /// <summary>Less than what counts as an outage, for which clocks would get their time back.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(2);

    public static TimeSpan Length => TimeSpan.FromMinutes(KillRun.Number("CONNECTFOUR_CHAOS_MINUTES", 3));

    public static Task<Cluster> Start() => Cluster.Start(KillRun.Settings);

    public static async Task<(ImmutableArray<Violation> Violations, Figures Figures, ImmutableArray<string> Faults, ImmutableArray<int> Exits)> Of(Cluster cluster, int pairs, TimeSpan length)
    {
        var (history, faults, random) = (new History(), new List<string>(), new Random(KillRun.Seed));
        var clients = KillRun.Clients(() => cluster.Somewhere, history, pairs);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        using var end = new CancellationTokenSource(length, TimeProvider.System);

        var (forgetting, blowing) = (Forget(cluster, end.Token), Weather.Blow(Weather.Of(KillRun.Seed, length), cluster.Networks, end.Token));
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            await Task.Delay(Pause, TimeProvider.System);
            faults.Add(await Fail(cluster, turn, random));
        }
        await forgetting;
        faults.AddRange(Enumerable.Repeat("a line failed", await blowing));
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(KillRun.Patience);
        var exits = await Task.WhenAll(cluster.Nodes.Select(node => node.Stop()));

        var journal = Journal.OfPostgres(cluster.Database);
        return (HistoryChecker.Check(history, journal.Games, journal.Users, KillRun.Graces), Figures.Of(history), [.. faults.CountBy(fault => fault).Select(fault => $"{fault.Value} x {fault.Key}")], [.. exits]);
    }

    private static async Task<string> Fail(Cluster cluster, int turn, Random random)
    {
        var node = cluster.Nodes[random.Next(cluster.Nodes.Count)];
        switch (turn % 6)
        {
            case 1:
                await StandStill(cluster.Postgres.Suspend);
                return "PostgreSQL stalled";
            case 3:
                await cluster.Redis.Ask($"CLIENT PAUSE {Stall.TotalMilliseconds:0}");
                return "Redis paused";
            case 5:
                foreach (var each in cluster.Nodes)
                {
                    if (await each.Stop() is not 0 and var code) throw new InvalidOperationException($"A node ended with {code}.");
                    await Revive(each);
                }
                return "all nodes rolled";
            default:
                await node.Kill();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2_000)), TimeProvider.System);
                await Revive(node);
                return "a node killed";
        }
    }

    /// <summary>As whatever supervises it does: a node that cannot reach its database or Redis while it starts may give up, and is started again.</summary>
    private static async Task Revive(ServerProcess node)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await node.StartAgain();
                return;
            }
            catch (Exception gone) when (tries < Starts && gone is InvalidOperationException or HttpRequestException)
            {
                await Task.Delay(Stall, TimeProvider.System);
            }
        }
    }

    private static async Task StandStill(Action<bool> suspend)
    {
        suspend(true);
        await Task.Delay(Stall, TimeProvider.System);
        suspend(false);
    }

    private static async Task Forget(Cluster cluster, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Forgetting, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) await cluster.Redis.Ask("FLUSHALL");
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
