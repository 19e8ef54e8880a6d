using System.Collections.Immutable;
using System.Globalization;

namespace ConnectFour.Chaos;

/// <summary>What a run was worth.</summary>
internal sealed record Figures(int Ok, int Dup, int Refused, int Unknown, int Cuts, ImmutableSortedDictionary<string, int> Ends, ImmutableArray<TimeSpan> Outages, ImmutableArray<TimeSpan> BackToOk)
{
    public int Finished => Ends.Values.Sum();

    public static Figures Of(History history)
    {
        var all = history.All;
        var outages = all.OfType<Observation.Outage>().OrderBy(outage => outage.At).ToArray();
        return new Figures(
            all.OfType<Observation.Ok>().Count(),
            all.OfType<Observation.Ok>().Count(ok => ok.Dup),
            all.OfType<Observation.Refused>().Count(),
            all.OfType<Observation.Unknown>().Count(),
            all.OfType<Observation.Cut>().Count(),
            all.OfType<Observation.GameOver>().DistinctBy(over => over.Game).GroupBy(over => over.Reason).ToImmutableSortedDictionary(ends => ends.Key, ends => ends.Count()),
            [.. outages.Select(outage => outage.Length).Order()],
            [.. BackAfter(outages, all).Order()]);
    }

    public override string ToString() =>
        $"""
        moves: {Ok} ok ({Dup} of them dup), {Refused} refused, {Unknown} unknown
        {Cuts} cuts{(Outages.IsEmpty ? "" : Away)}
        {Finished} games finished: {string.Join(", ", Ends.Select(end => $"{end.Value} {end.Key}"))}
        """;

    /// <summary>Of a server that was all there is; a cluster is there while one node is.</summary>
    private string Away => $"; the server was away {Outages.Length} times, for {Seconds(Outages)}\nfrom its first answer to a client's first ok: {Seconds(BackToOk)}";

    /// <summary>For each outage and each client whose move was acknowledged before the next one: how long that took.</summary>
    private static IEnumerable<TimeSpan> BackAfter(Observation.Outage[] outages, ImmutableArray<Observation> all)
    {
        var acknowledged = all.OfType<Observation.Ok>().ToLookup(ok => ok.Client);
        foreach (var client in acknowledged)
        {
            var times = client.Select(ok => ok.At).ToArray();
            for (var i = 0; i < outages.Length; i++)
            {
                var index = Array.BinarySearch(times, outages[i].ReadyAt);
                var first = index < 0 ? ~index : index;
                if (first < times.Length && (i + 1 == outages.Length || times[first] < outages[i + 1].At)) yield return times[first] - outages[i].ReadyAt;
            }
        }
    }

    private static string Seconds(ImmutableArray<TimeSpan> sorted) => sorted.IsEmpty
        ? "never"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2].TotalSeconds:0.00} s, p99 {sorted[sorted.Length * 99 / 100].TotalSeconds:0.00} s, at most {sorted[^1].TotalSeconds:0.00} s");
}
