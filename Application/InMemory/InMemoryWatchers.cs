using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application.InMemory;

/// <summary>The watchers of a single process.</summary>
public sealed class InMemoryWatchers(LobbyRules rules) : IWatchers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GameId, ImmutableDictionary<ConnectionId, UserName>> _watchers = [];
    private readonly Dictionary<ConnectionId, ImmutableHashSet<GameId>> _watched = [];
    private readonly HashSet<GameId> _changed = [];

    /// <summary>The games that somebody watches.</summary>
    public ImmutableArray<GameId> Watched
    {
        get { lock (_lock) return [.. _watchers.Keys]; }
    }

    public bool Watch(UserName name, ConnectionId connection, GameId game)
    {
        lock (_lock)
        {
            var games = _watched.GetValueOrDefault(connection, []);
            if (games.Contains(game)) return true;
            if (games.Count >= rules.MaxWatched) return false;

            _watched[connection] = games.Add(game);
            _watchers[game] = _watchers.GetValueOrDefault(game, ImmutableDictionary<ConnectionId, UserName>.Empty).Add(connection, name);
            _changed.Add(game);
            return true;
        }
    }

    public void Unwatch(ConnectionId connection, GameId game)
    {
        lock (_lock)
        {
            if (!_watched.TryGetValue(connection, out var games) || !games.Contains(game)) return;

            Keep(_watched, connection, games.Remove(game));
            Leave(connection, game);
        }
    }

    public ImmutableArray<UserName> Of(GameId game)
    {
        lock (_lock) return _watchers.TryGetValue(game, out var watchers) ? [.. watchers.Values.Distinct()] : [];
    }

    public ImmutableArray<GameId> Changed()
    {
        lock (_lock)
        {
            ImmutableArray<GameId> changed = [.. _changed];
            _changed.Clear();
            return changed;
        }
    }

    public void Forget(GameId game)
    {
        lock (_lock)
        {
            _changed.Remove(game);
            if (!_watchers.Remove(game, out var watchers)) return;
            foreach (var connection in watchers.Keys) Keep(_watched, connection, _watched[connection].Remove(game));
        }
    }

    public void Forget(ConnectionId connection)
    {
        lock (_lock)
        {
            if (!_watched.Remove(connection, out var games)) return;
            foreach (var game in games) Leave(connection, game);
        }
    }

    private void Leave(ConnectionId connection, GameId game)
    {
        Keep(_watchers, game, _watchers[game].Remove(connection));
        _changed.Add(game);
    }

    private static void Keep<TKey, TValues>(Dictionary<TKey, TValues> all, TKey key, TValues rest) where TKey : notnull where TValues : System.Collections.ICollection
    {
        if (rest.Count == 0) all.Remove(key);
        else all[key] = rest;
    }
}
