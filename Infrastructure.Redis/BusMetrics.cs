using System.Diagnostics.Metrics;
using ConnectFour.Application;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>What an operator wants to know of the way between the nodes: <c>docs/operating.md</c> lists the names.</summary>
internal sealed class BusMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _gaps = meters.Own().CreateCounter<long>("connectfour.bus.gaps", "{gap}", "Times that this node noticed that it had missed messages of other nodes.");
    private readonly Counter<long> _resyncs = meters.Own().CreateResyncs();

    public void Missed() => _gaps.Add(1);

    /// <param name="cause">How it was noticed.</param>
    public void Resynced(string cause) => _resyncs.Resync(cause);
}
