using System.Globalization;
using System.Text.Json;

namespace ConnectFour.Bench.Load;

/// <summary>What moves, and changes of the lobby, cost the nodes, Redis and PostgreSQL as nodes and users grow: <c>docs/scaling.md</c> builds on it.</summary>
internal static class ClusterBench
{
    /// <summary>Games on so many nodes, the two of a pair on different ones.</summary>
    /// <param name="idle">Users who are there as well, and do nothing.</param>
    /// <param name="pace">How long each player takes over a move; zero for none.</param>
    public static async Task Play(int[] nodes, int games, int idle, TimeSpan pace, TimeSpan span, int runs, TextWriter to)
    {
        to.WriteLine(Usage.Machine);
        var findings = nodes.ToDictionary(count => count, _ => new List<(Finding Found, StoreCounts Asked)>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var count in nodes)
            {
                await using var cluster = await MeasuredCluster.Start(count);
                var (said, asked) = (await Measure(cluster, ["load-generator", "server", $"{games}", $"{idle}", Text(pace), Text(span)])).Single();
                var found = JsonSerializer.Deserialize<Finding>(said)!;
                findings[count].Add((found, asked));
                to.WriteLine(Line(count, found, asked, found.Moves * span.TotalSeconds) + (found.Trouble is null ? "" : $"  TROUBLE: {found.Trouble}"));
            }
        }

        to.WriteLine();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{games} games, {idle} users who do nothing, pace {pace.TotalSeconds:0.#} s, {span.TotalSeconds:0} s each, median of {runs}:"));
        foreach (var count in nodes)
        {
            var (found, asked) = findings[count].OrderBy(finding => finding.Found.Moves).ElementAt(runs / 2);
            to.WriteLine(Line(count, found, asked, found.Moves * span.TotalSeconds));
            foreach (var kind in asked.Kinds(found.Moves * span.TotalSeconds)) to.WriteLine(kind);
        }
    }

    /// <summary>So many users who do nothing, and then who look at the lobby while others come and go.</summary>
    public static async Task Lobby(int[] nodes, int[] users, TimeSpan span, TextWriter to)
    {
        to.WriteLine(Usage.Machine);
        foreach (var many in users)
        {
            foreach (var count in nodes)
            {
                await using var cluster = await MeasuredCluster.Start(count);
                to.WriteLine($"{Nodes(count)}:");
                foreach (var (said, asked) in await Measure(cluster, ["idle-generator", $"{many}", Text(span)])) to.WriteLine($"  {said}\n    a second: {asked.Each(span.TotalSeconds)}");
                foreach (var (said, asked) in await Measure(cluster, ["lobby-generator", $"{many}", Text(span)])) to.WriteLine($"  {said}\n    each of {asked.LobbyChanges} changes: {asked.Each(asked.LobbyChanges)}");
            }
        }
    }

    /// <summary>What a generator says, and what Redis and PostgreSQL were asked while it counted that.</summary>
    private static async Task<List<(string Said, StoreCounts Asked)>> Measure(MeasuredCluster cluster, string[] generator)
    {
        var findings = new List<(string, StoreCounts)>();
        using var load = Cores.Generate(cluster.Addresses, cluster.Processes, generator);
        for (var before = await cluster.Counts(); await load.StandardOutput.ReadLineAsync() is { } line;)
        {
            if (line == Target.Mark) before = await cluster.Counts();
            else findings.Add((line, (await cluster.Counts()).Since(before)));
        }
        await Cores.Done(load);
        return findings;
    }

    private static string Line(int nodes, Finding found, StoreCounts asked, double moves) => string.Create(CultureInfo.InvariantCulture,
        $"{Nodes(nodes),-8}{found.Moves,7:#,0} moves/s   p50 {found.P50,6:0.00} ms   p99 {found.P99,7:0.00} ms   each: nodes {found.CpuPerMove:0} µs; {asked.Each(moves)}; {asked.LobbyChanges / moves:0.00} changes of the lobby");

    private static string Nodes(int count) => count == 1 ? "1 node" : $"{count} nodes";

    private static string Text(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);
}
