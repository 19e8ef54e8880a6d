using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using ConnectFour.Application;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Redis.Wire;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// The watchers of all nodes. Each node keeps those of its own connections and tells the others, when it changes and all of it now and then; so nothing of it has to be kept in Redis, and what is lost comes again.
/// </summary>
internal sealed class RedisWatchers(LobbyRules rules, Node node, RedisLink link) : IWatchers
{
    private readonly InMemoryWatchers _own = new(rules);
    private readonly ConcurrentDictionary<string, ImmutableDictionary<GameId, ImmutableArray<UserName>>> _elsewhere = [];
    private readonly ConcurrentDictionary<GameId, bool> _changed = [];

    /// <summary>The games that are watched on this node.</summary>
    public ImmutableArray<GameId> Watched => _own.Watched;

    /// <summary>Hears from now on what other nodes say.</summary>
    public Task Begin() => link.Hear(Keys.WatchersChannel, text => Take(JsonSerializer.Deserialize(text, WireJson.Default.WireWatchers)));

    public bool Watch(UserName name, ConnectionId connection, GameId game) => _own.Watch(name, connection, game);

    public void Unwatch(ConnectionId connection, GameId game) => _own.Unwatch(connection, game);

    public ImmutableArray<UserName> Of(GameId game)
    {
        var all = _own.Of(game);
        foreach (var watched in _elsewhere.Values)
            if (watched.TryGetValue(game, out var names)) all = [.. all.Union(names)];
        return all;
    }

    /// <summary>Tells the other nodes, too.</summary>
    public ImmutableArray<GameId> Changed()
    {
        var own = _own.Changed();
        if (!own.IsEmpty) Send(own, false);
        ImmutableArray<GameId> elsewhere = [.. _changed.Keys];
        foreach (var game in elsewhere) _changed.TryRemove(game, out _);
        return [.. own.Union(elsewhere)];
    }

    public void Forget(GameId game)
    {
        _own.Forget(game);
        foreach (var (other, watched) in _elsewhere) _elsewhere.TryUpdate(other, watched.Remove(game), watched);
    }

    public void Forget(ConnectionId connection) => _own.Forget(connection);

    /// <summary>Tells the other nodes all of it, for whoever has missed something.</summary>
    public void TellAll() => Send(Watched, true);

    /// <summary>A node is gone, and its connections with it.</summary>
    public void ForgetNode(string other)
    {
        if (!_elsewhere.TryRemove(other, out var watched)) return;
        foreach (var game in watched.Keys) _changed[game] = true;
    }

    private void Send(ImmutableArray<GameId> games, bool isAll)
    {
        var message = new WireWatchers(node.Prefix, isAll, [.. games.Select(game => new WireWatched(game.Value, [.. _own.Of(game).Select(name => name.Text)]))]);
        link.Tell(Keys.WatchersChannel, JsonSerializer.Serialize(message, WireJson.Default.WireWatchers)); // If Redis is away: all of it is told again later.
    }

    private void Take(WireWatchers? message)
    {
        if (message is null || message.Node == node.Prefix) return;
        var before = _elsewhere.GetValueOrDefault(message.Node, ImmutableDictionary<GameId, ImmutableArray<UserName>>.Empty);
        var after = message.IsAll ? before.Clear() : before;
        foreach (var watched in message.Games ?? [])
        {
            var (game, names) = (new GameId(watched.Game), (watched.Names ?? []).Select(UserName.From).ToImmutableArray());
            after = names.IsEmpty ? after.Remove(game) : after.SetItem(game, names);
        }
        _elsewhere[message.Node] = after;
        foreach (var game in before.Keys.Union(after.Keys))
            if (!before.GetValueOrDefault(game, []).SequenceEqual(after.GetValueOrDefault(game, []))) _changed[game] = true;
    }
}
