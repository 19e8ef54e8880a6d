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
        lock (_lock)
        {
            var (before, bytes) = (_version, WireJson.Bytes(changes));
            (_list, _version, _whole) = (list, version, null);
            Send(before, bytes);
        }
    }

    /// <summary>Sends the latest list to those who had no room for it before.</summary>
    public void CatchUp()
    {
        lock (_lock) Send(-1, []);
    }

    // Who reads slowly is left alone until there is room, and then gets the latest list: what came in between is no longer of interest.
    private void Send(long before, byte[] changes)
    {
        foreach (var (session, version) in _members)
        {
            if (version == _version || !session.Connection.HasRoom) continue;
            session.Connection.Send(version == before ? changes : Whole());
            _members[session] = _version;
        }
    }

    private byte[] Whole() => _whole ??= WireJson.Bytes(_list);
}
