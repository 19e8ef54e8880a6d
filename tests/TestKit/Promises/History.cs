using System.Collections.Immutable;

namespace ConnectFour.TestKit.Promises;

/// <summary>What all clients did and saw, and when the server was away. Each client's observations are in the order in which it made them.</summary>
public sealed class History
{
    private readonly Lock _lock = new();
    private readonly List<Observation> _observations = [];

    public ImmutableArray<Observation> All
    {
        get { lock (_lock) return [.. _observations]; }
    }

    public void Add(Observation observation)
    {
        lock (_lock) _observations.Add(observation);
    }
}
