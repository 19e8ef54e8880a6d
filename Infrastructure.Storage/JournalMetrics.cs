using System.Diagnostics.Metrics;
using ConnectFour.Application;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>What an operator wants to know of the journal: <c>docs/operating.md</c> lists the names.</summary>
internal sealed class JournalMetrics
{
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;
    private readonly UpDownCounter<int> _queue;

    public JournalMetrics(IMeterFactory meters)
    {
        var meter = meters.Own();
        _commit = meter.CreateSeconds("connectfour.journal.commit.duration", "How long the disk took for one group of events.");
        _batch = meter.CreateHistogram(
            "connectfour.journal.batch.size", "{event}", "Events committed as one group.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _queue = meter.CreateUpDownCounter<int>("connectfour.journal.queue.length", "{append}", "Appends that wait for the writer.");
    }

    public void Queued() => _queue.Add(1);

    public void Taken(int appends) => _queue.Add(-appends);

    public void Committed(int events, TimeSpan took)
    {
        _batch.Record(events);
        _commit.Record(took.TotalSeconds);
    }
}
