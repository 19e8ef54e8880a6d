using System.Collections.Immutable;

namespace ConnectFour.Chaos;

/// <summary>One way in which a network fails for a while, whoever speaks over it.</summary>
/// <param name="Breaks">Whether it leaves lines on which something is missing for ever. TCP would give them up after minutes; here the end of the mishap does.</param>
internal sealed record Mishap(string Name, Action<FaultProxy> Begin, bool Breaks = false)
{
    /// <summary>What Redis tells without being asked comes on lines that began so.</summary>
    public const string Subscription = "SUBSCRIBE";

    /// <summary>What can befall any line.</summary>
    public static readonly ImmutableArray<Mishap> Usual =
    [
        new("is slow", network => network.Fail(new Fault.Delay(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)))),
        new("is narrow", network => network.Fail(new Fault.Throttle(4_000))),
        new("stands still", network => network.Fail(Fault.Stall)),
        new("is a black hole", network => network.Fail(Fault.BlackHole), Breaks: true),
        new("loses the answers", network => network.Outwards.Fault = Fault.BlackHole, Breaks: true),
        new("is cut in the middle of a message", network => network.Fail(new Fault.Cut(777))),
        new("is reset", network => network.Reset()),
        new("is closed one way", network => network.HalfClose(network.Outwards)),
    ];

    /// <summary>What can befall a line to Redis besides: its pushes are lost, and nothing else.</summary>
    public static readonly Mishap Silence = new("loses what is published", network => network.Outwards.Fault = new Fault.Only(Subscription, Fault.BlackHole), Breaks: true);

    public void End(FaultProxy network)
    {
        network.Fail(Fault.None);
        if (Breaks) network.Reset();
    }

    public override string ToString() => Name;
}
