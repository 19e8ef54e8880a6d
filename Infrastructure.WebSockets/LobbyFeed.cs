using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>
/// Sends the user list: the whole to whoever joins or fell behind, and once per tick what changed, serialised once, to everybody else.
/// </summary>
internal sealed class LobbyFeed(ILobby lobby, WebSocketLimits limits)
{
    private readonly Lock _lock = new();

    /// <summary>Which version each session has.</summary>
    private readonly Dictionary<Session, long> _members = [];
    private UserListMessage _list = new(0, 0, []);

    /// <summary>The lobby's latest version looked at; not all of them changed what the list shows.</summary>
    private long _seen;
    private byte[]? _whole;

    /// <summary>Sends the list, and from now on its changes.</summary>
    public void Join(Session session)
    {
        lock (_lock)
        {
            _members[session] = _list.Version;
            session.Connection.Send(Whole());
        }
    }

    public void Leave(Session session)
    {
        lock (_lock) _members.Remove(session);
    }

    /// <summary>Sends what changed since the last tick.</summary>
    public async Task Tick()
    {
        var list = await lobby.List(limits.ListedUsers);
        lock (_lock)
        {
            var changes = list.Version > _seen ? Advance(list) : null;
            foreach (var (session, version) in _members)
                if (version != _list.Version) Update(session, version, changes);
        }
    }

    /// <summary>Takes over the lobby's state, and says what changed for who looks at the list; null if nothing did.</summary>
    private Changed? Advance(UserList list)
    {
        _seen = list.Version;
        var next = new UserListMessage(list.Version, list.Online, [.. list.Users.Select(Wire.User)]);
        var changes = Changes(_list, next);
        if (changes is { Changed: [], Removed: [] } && next.Online == _list.Online) return null;

        (_list, _whole) = (next, null);
        return new Changed(changes.From, WireJson.Bytes(changes));
    }

    // Who reads slowly is left alone until there is room, and then gets the latest list: what came in between is no longer of interest.
    private void Update(Session session, long version, Changed? changes)
    {
        if (!session.Connection.HasRoom) return;
        session.Connection.Send(changes?.From == version ? changes.Bytes : Whole());
        _members[session] = _list.Version;
    }

    private byte[] Whole() => _whole ??= WireJson.Bytes(_list);

    private static UserChangesMessage Changes(UserListMessage before, UserListMessage after)
    {
        var known = before.Users.ToDictionary(user => user.Name);
        ImmutableArray<WireUser> changed = [.. after.Users.Where(user => !known.Remove(user.Name, out var old) || old != user)];
        return new(before.Version, after.Version, after.Online, changed, [.. known.Keys]);
    }

    private sealed record Changed(long From, byte[] Bytes);
}
