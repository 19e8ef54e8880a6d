namespace ConnectFour.Infrastructure.Redis;

/// <summary>What the heartbeats tell: whether Redis answers, and which nodes are heard of. Each node judges the others by its own heartbeats that were answered, so neither clocks nor a Redis that was away or forgot everything make a node look dead.</summary>
internal sealed class Pulse(TimeProvider time)
{
    /// <summary>How often each node says that it is there.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    /// <summary>After so many heartbeats of ours without one of theirs, what they tell may not reach us.</summary>
    private const int Quiet = 3;

    /// <summary>After so many they are gone, or cut off: they may still commit moves while they have people.</summary>
    private const int Gone = 20;

    /// <summary>Nodes that look after the dead one after the other wait so many more: seldom do two of them do the same work.</summary>
    private const int Turn = 4;

    /// <summary>How long an answer may take before something is wrong.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a node can do its work without Redis before clients are better off elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Last, int Missed, bool HasPeople)> _nodes = [];
    private long _heard = time.GetTimestamp();

    /// <summary>Whether this node can tell the others, and hear from them.</summary>
    public bool IsReady
    {
        get { lock (_lock) return time.GetElapsedTime(_heard) < Patience; }
    }

    /// <summary>Whether what other nodes commit reaches this one, as far as can be seen.</summary>
    public bool IsWell
    {
        get { lock (_lock) return time.GetElapsedTime(_heard) < Slow && _nodes.Values.All(node => node.Missed < Quiet || node is { Missed: >= Gone, HasPeople: false }); }
    }

    /// <summary>A heartbeat was answered.</summary>
    /// <param name="nodes">When each node was last heard of.</param>
    /// <param name="known">Nodes that have connections, whether or not they were heard of.</param>
    public void Hear(IReadOnlyDictionary<string, double> nodes, IEnumerable<string> known)
    {
        var have = known.ToHashSet();
        lock (_lock)
        {
            _heard = time.GetTimestamp();
            foreach (var node in nodes.Keys.Union(have).Union(_nodes.Keys).ToArray())
            {
                var (last, missed, _) = _nodes.GetValueOrDefault(node);
                var heard = nodes.GetValueOrDefault(node, last);
                _nodes[node] = (heard, heard != last ? 0 : missed + 1, have.Contains(node));
            }
        }
    }

    /// <summary>The nodes that are gone, as far as Redis knows, and that it is this node's turn to look after.</summary>
    public IReadOnlySet<string> GoneFor(string self)
    {
        lock (_lock)
        {
            var rank = _nodes.Count(node => node.Value.Missed < Gone && string.CompareOrdinal(node.Key, self) < 0);
            return _nodes.Where(node => node.Key != self && node.Value.Missed >= Gone + Turn * Math.Min(rank, 3)).Select(node => node.Key).ToHashSet();
        }
    }
}
