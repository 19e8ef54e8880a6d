using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>The users who are here, as everybody in the lobby sees them.</summary>
internal sealed class LobbyFeed(ILobby lobby, Broadcaster games, WebSocketLimits limits)
{
    /// <summary>The share of the messages that the lobby has however much is told of games.</summary>
    private const double Share = 0.1;

    private static readonly UserListMessage Nobody = new(0, 0, []);

    private readonly Feed _feed = new(Nobody);
    private UserListMessage _list = Nobody;

    /// <summary>The lobby's latest version looked at; not all of them changed what the list shows.</summary>
    private long _seen;

    /// <summary>Ticks to pass over, since the last changes went to more clients than one tick has room for.</summary>
    private int _rest;

    /// <summary>The news of games until the latest tick, and those since the one before it.</summary>
    private (long All, long Latest) _gameNews;

    public void Join(Session session) => _feed.Join(session);

    public void Leave(Session session) => _feed.Leave(session);

    /// <summary>Sends what changed since the last time, unless that was too little ago for so many clients, or for so much that happens in games.</summary>
    public async Task Tick()
    {
        var news = games.GameNews;
        _gameNews = (news, news - _gameNews.All);
        if (_rest > 0)
        {
            _rest--;
            return;
        }
        var list = await lobby.List(limits.ListedUsers);
        if (list.Version > _seen) Advance(list);
        _feed.CatchUp();
    }

    private void Advance(UserList list)
    {
        _seen = list.Version;
        var next = new UserListMessage(list.Version, list.Online, [.. list.Users.Select(Wire.User)]);
        var changes = Changes(_list, next);
        if (changes is { Changed: [], Removed: [] } && next.Online == _list.Online) return;

        _list = next;
        _feed.Show(next, next.Version, changes);
        var room = limits.LobbyMessagesPerSecond * limits.LobbyTick.TotalSeconds;
        _rest = (int)((_feed.Count - 1) / Math.Max(room - _gameNews.Latest, room * Share));
    }

    private static UserChangesMessage Changes(UserListMessage before, UserListMessage after)
    {
        var known = before.Users.ToDictionary(user => user.Name);
        ImmutableArray<WireUser> changed = [.. after.Users.Where(user => !known.Remove(user.Name, out var old) || old != user)];
        return new(before.Version, after.Version, after.Online, changed, [.. known.Keys]);
    }
}
