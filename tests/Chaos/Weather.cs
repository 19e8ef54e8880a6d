using System.Collections.Immutable;
using System.Globalization;

namespace ConnectFour.Chaos;

/// <summary>With whom a node speaks.</summary>
internal enum Party { Clients, Redis, Postgres }

/// <summary>A mishap of the network between a node and one of those it speaks with.</summary>
/// <param name="At">Since the beginning of the run.</param>
/// <param name="Node">Its index in the cluster.</param>
internal sealed record LineFault(TimeSpan At, TimeSpan Length, int Node, Party Party, Mishap Mishap)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.0} s: the line between node {Node} and {Party} {Mishap} for {Length.TotalSeconds:0.0} s");
}

/// <summary>What befalls the lines of a cluster, one after the other.</summary>
internal static class Weather
{
    /// <summary>How long a mishap lasts at most: less than what counts as an outage, for which clocks would get their time back.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    /// <summary>The same for the same seed, and as long as the run: which fault hits which line, and when.</summary>
    public static ImmutableArray<LineFault> Of(int seed, TimeSpan length)
    {
        var (random, faults) = (new Random(seed), ImmutableArray.CreateBuilder<LineFault>());
        for (var at = Draw(); at < length; at = faults[^1].At + faults[^1].Length + Draw())
        {
            var (node, party) = (random.Next(Cluster.Count), (Party)random.Next(3));
            ImmutableArray<Mishap> mishaps = party == Party.Redis ? [.. Mishap.Usual, Mishap.Silence] : Mishap.Usual;
            faults.Add(new(at, Draw(), node, party, mishaps[random.Next(mishaps.Length)]));
        }
        return faults.ToImmutable();

        TimeSpan Draw() => TimeSpan.FromMilliseconds(random.Next(500, (int)Longest.TotalMilliseconds));
    }

    /// <summary>Lets it all happen, or as much as does before the end; then the lines are well.</summary>
    /// <returns>How many mishaps there were.</returns>
    public static async Task<int> Blow(ImmutableArray<LineFault> faults, IReadOnlyList<NodeNetworks> networks, CancellationToken end)
    {
        var (begun, happened) = (TimeProvider.System.GetTimestamp(), 0);
        foreach (var fault in faults)
        {
            await Pass(fault.At - TimeProvider.System.GetElapsedTime(begun));
            if (end.IsCancellationRequested) break;

            var network = networks[fault.Node][fault.Party];
            fault.Mishap.Begin(network);
            happened++;
            await Pass(fault.Length);
            fault.Mishap.End(network);
        }
        return happened;

        async Task Pass(TimeSpan time)
        {
            if (time > TimeSpan.Zero) await Task.Delay(time, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
