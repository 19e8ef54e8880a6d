using System.Collections.Concurrent;

namespace ConnectFour.Application;

/// <summary>This process, among those that share one lobby.</summary>
/// <param name="Prefix">What its connections' ids begin with; empty for a process that shares nothing.</param>
public sealed record Node(string Prefix)
{
    public static Node Only { get; } = new("");

    /// <summary>An id that no other process gives.</summary>
    /// <param name="id">One that this process gives once at a time.</param>
    public ConnectionId NewConnection(string id) => new(Prefix + id);
}

/// <summary>The connections that this process holds, and whose they are: what it can say when a shared lobby has forgotten.</summary>
public sealed class OwnConnections
{
    private readonly ConcurrentDictionary<ConnectionId, User> _all = [];

    public IEnumerable<KeyValuePair<ConnectionId, User>> All => _all;

    public bool Holds(ConnectionId connection) => _all.ContainsKey(connection);

    /// <param name="user">As they came.</param>
    public void Open(ConnectionId connection, User user) => _all[connection] = user;

    /// <summary>The user has changed: a guest may be an account by now. Nothing if the connection has closed, or somebody else was faster.</summary>
    public void Renew(ConnectionId connection, User known, User user) => _all.TryUpdate(connection, user, known);

    public void Close(ConnectionId connection) => _all.TryRemove(connection, out _);
}
