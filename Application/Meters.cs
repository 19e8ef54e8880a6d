using System.Diagnostics.Metrics;

namespace ConnectFour.Application;

/// <summary>What all our measurements have in common.</summary>
public static class Meters
{
    /// <summary>Of the meter, and of the source of traces.</summary>
    public const string Name = "ConnectFour";

    /// <summary>From what a local disk takes to what nobody waits for.</summary>
    private static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static Meter Own(this IMeterFactory meters) => meters.Create(Name);

    /// <summary>What was refused because of a limit; the same one wherever it is asked for.</summary>
    public static Counter<long> CreateRejections(this Meter meter) =>
        meter.CreateCounter<long>("connectfour.limits.rejections", "{rejection}", "What was refused because of a limit, by the limit's rule.");

    /// <summary>What had to be sent or read whole; the same one wherever it is asked for.</summary>
    public static Counter<long> CreateResyncs(this Meter meter) =>
        meter.CreateCounter<long>("connectfour.resyncs", "{game}", "What was sent or read whole, as somebody had missed something, by cause.");

    /// <param name="cause">How it was noticed that something had been missed.</param>
    public static void Resync(this Counter<long> resyncs, string cause) => resyncs.Add(1, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>Counts one that was.</summary>
    /// <param name="rule">A limit, in a word or two.</param>
    public static void Refuse(this Counter<long> rejections, string rule) => rejections.Add(1, new KeyValuePair<string, object?>("rule", rule));

    /// <summary>A histogram of times.</summary>
    public static Histogram<double> CreateSeconds(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });
}
