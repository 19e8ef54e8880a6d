using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application.InMemory;

/// <summary>The watchers of a single process.</summary>
public sealed class InMemoryWatchers(LobbyRules rules) : IWatchers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GameId, ImmutableArray<UserName>> _watchers = [];
    private readonly Dictionary<UserName, ImmutableArray<GameId>> _watched = [];
    private readonly HashSet<GameId> _changed = [];

    public bool Watch(UserName name, GameId game)
    {
        lock (_lock)
        {
            var games = _watched.GetValueOrDefault(name, []);
            if (games.Contains(game)) return true;
            if (games.Length >= rules.MaxWatched) return false;

            _watched[name] = games.Add(game);
            _watchers[game] = _watchers.GetValueOrDefault(game, []).Add(name);
            _changed.Add(game);
            return true;
        }
    }

    public void Unwatch(UserName name, GameId game)
    {
        lock (_lock)
        {
            Take(_watched, name, game);
            if (Take(_watchers, game, name)) _changed.Add(game);
        }
    }

    public ImmutableArray<UserName> Of(GameId game)
    {
        lock (_lock) return _watchers.GetValueOrDefault(game, []);
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
            if (!_watchers.Remove(game, out var names)) return;
            foreach (var name in names) Take(_watched, name, game);
        }
    }

    public void Forget(UserName name)
    {
        lock (_lock)
        {
            if (!_watched.Remove(name, out var games)) return;
            foreach (var game in games)
                if (Take(_watchers, game, name)) _changed.Add(game);
        }
    }

    private static bool Take<TKey, TValue>(Dictionary<TKey, ImmutableArray<TValue>> from, TKey key, TValue value) where TKey : notnull
    {
        var all = from.GetValueOrDefault(key, []);
        var rest = all.Remove(value);
        if (rest.IsEmpty) from.Remove(key);
        else from[key] = rest;
        return rest.Length != all.Length;
    }
}
