using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>The connections of this process: by id, and by the user they belong to.</summary>
internal sealed class Sessions
{
    private readonly ConcurrentDictionary<ConnectionId, Session> _all = [];
    private readonly ConcurrentDictionary<UserName, ImmutableArray<Session>> _byUser = [];

    public ICollection<Session> All => _all.Values;

    public void Add(Session session) => _all[session.Id] = session;

    /// <summary>From now on the session gets what concerns the user; again, it does so already.</summary>
    public void Attach(ConnectionId connection, UserName user)
    {
        // Another process may hold the connection.
        if (!_all.TryGetValue(connection, out var session)) return;
        session.User = user;
        _byUser.AddOrUpdate(user, [session], (_, sessions) => sessions.Contains(session) ? sessions : sessions.Add(session));
    }

    public void Remove(Session session)
    {
        _all.TryRemove(session.Id, out _);
        if (session.User is not { } user) return;

        var rest = _byUser.AddOrUpdate(user, [], (_, sessions) => sessions.Remove(session));
        if (rest.IsEmpty) _byUser.TryRemove(KeyValuePair.Create(user, rest));
    }

    public ImmutableArray<Session> Of(UserName user) => _byUser.GetValueOrDefault(user, []);
}
