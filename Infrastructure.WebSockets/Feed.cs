using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>A list that many look at: the whole goes to whoever joins or fell behind, and what changed, serialised once, to everybody else.</summary>
/// <param name="first">The list before anything is in it; its version is 0.</param>
internal sealed class Feed(ServerMessage first)
{
    private readonly Lock _lock = new();

    /// <summary>Which version each session has.</summary>
    private readonly Dictionary<Session, long> _members = [];
    private ServerMessage _list = first;
    private long _version;
    private byte[]? _whole;

    /// <summary>How many look at it.</summary>
    public int Count
    {
        get { lock (_lock) return _members.Count; }
    }

    /// <summary>Sends the list, and from now on its changes. Again: sends nothing.</summary>
    public void Join(Session session)
    {
        lock (_lock)
        {
            if (_members.TryAdd(session, _version)) session.Connection.Send(Whole());
        }
    }

    public void Leave(Session session)
    {
        lock (_lock) _members.Remove(session);
    }

    /// <summary>Shows the list's next version to everybody.</summary>
    /// <param name="changes">What changed since the version before.</param>
    public void Show(ServerMessage list, long version, ServerMessage changes)
    {
        List<Connection> idle;
        lock (_lock)
        {
            var (before, bytes) = (_version, WireJson.Bytes(changes));
            (_list, _version, _whole) = (list, version, null);
            idle = Add(before, bytes);
        }
        Send(idle);
    }

    /// <summary>Sends the latest list to those who had no room for it before.</summary>
    public void CatchUp()
    {
        List<Connection> idle;
        lock (_lock) idle = Add(-1, []);
        Send(idle);
    }

    /// <summary>Sends where somebody has to, and after the lock: who comes does not wait for all the others to be told.</summary>
    private static void Send(List<Connection> idle)
    {
        foreach (var connection in idle) _ = connection.SendWaiting();
    }

    // Who reads slowly is left alone until there is room, and then gets the latest list: what came in between is no longer of interest.
    private List<Connection> Add(long before, byte[] changes)
    {
        var idle = new List<Connection>();
        foreach (var (session, version) in _members)
        {
            if (version == _version || !session.Connection.HasRoom) continue;
            if (session.Connection.Add(version == before ? changes : Whole())) idle.Add(session.Connection);
            _members[session] = _version;
        }
        return idle;
    }

    private byte[] Whole() => _whole ??= WireJson.Bytes(_list);
}
