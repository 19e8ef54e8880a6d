using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>Sees to it that the lobby has the connections that there are: this node's own, and none of nodes that are gone.</summary>
internal sealed class Presence(LobbyStream stream, RedisLobby lobby, RedisWatchers watchers, OwnConnections own, Node node, Pulse pulse, Audiences audiences, Games games, GameBus bus, Func<ISharedJournal> journal, ServerTime serverTime, ILogger<Presence> log)
{
    /// <summary>What ends the node's part of an id.</summary>
    private const char Mark = '~';

    /// <summary>Decisions that are asked of Redis at once.</summary>
    private const int AtOnce = 16;

    /// <summary>What was not as it should be a moment ago: what is on its way is not, either.</summary>
    private HashSet<object> _doubts = [];

    /// <summary>The nodes whose end has been written down.</summary>
    private readonly ConcurrentDictionary<string, bool> _gone = [];

    public static string NodeOf(ConnectionId connection) => connection.Value.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var mark ? connection.Value[..(mark + 1)] : "";

    /// <summary>The node of this process.</summary>
    public static Node NewNode(IRandomness randomness) => new(randomness.NewGameId().Value + Mark);

    /// <summary>Nodes that have connections.</summary>
    public IEnumerable<string> Nodes => stream.Replica.Lobby.Users.Values.SelectMany(user => user.Connections).Select(NodeOf).Distinct();

    /// <summary>Puts right what was wrong already when it last looked.</summary>
    public async Task Reconcile(CancellationToken stop)
    {
        var silent = pulse.GoneFor(node.Prefix);
        var gone = await Gone(silent);
        var unshown = stream.Unshown.Keys; // Before the lobby that tells who has a seat there.
        var (replica, doubts) = (stream.Replica, new HashSet<object>());
        var corrections = new List<(UserName Of, object What, Func<Task> Correct)>();

        foreach (var user in replica.Lobby.Users.Values)
        {
            foreach (var connection in user.Connections)
                if (gone.Contains(NodeOf(connection)) || NodeOf(connection) == node.Prefix && !own.Holds(connection)) Doubt(connection, user.Name, () => Disconnect(user.Name, connection));
            foreach (var seat in user.Games.Where(_ => IsHere(user)))
                if (bus.IsOver(seat.Game)) Doubt((user.Name, seat.Game), user.Name, () => games.Vacate(user.Name, seat).AsTask());
                else if (IsStanding(seat.Opponent, seat.Game)) Doubt((seat.Game, seat.Opponent), seat.Opponent, () => Reseat(seat.Game));
        }
        foreach (var game in bus.Running)
            foreach (var seat in (Seat[])[game.First, game.Second])
                if (replica.Lobby.Find(seat.Name) is { } user && IsHere(user) && IsStanding(seat.Name, game.Id)) Doubt((game.Id, seat.Name), seat.Name, () => Reseat(game.Id));
        foreach (var (connection, user) in own.All)
        {
            if (replica.Lobby.Find(user.Name) is not { } known || !known.Connections.Contains(connection)) Doubt((connection, user.Name), user.Name, () => Connect(connection, user));
            else if (known != user) own.Renew(connection, user, known);
        }

        if (unshown.Count > 0) corrections.AddRange(Shows(unshown, replica.Lobby));

        _doubts = doubts;
        foreach (var other in silent) watchers.ForgetNode(other);
        foreach (var some in corrections.OrderBy(correction => correction.Of).ThenBy(correction => $"{correction.What}", StringComparer.Ordinal).Chunk(AtOnce))
        {
            stop.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(correction => Put(correction.Of, correction.Correct)));
        }

        bool IsHere(User user) => user.Connections.Any(connection => NodeOf(connection) == node.Prefix);

        bool IsStanding(UserName name, GameId game) => replica.Lobby.Find(name) is { } user && user.Games.All(seat => seat.Game != game);

        void Doubt(object what, UserName of, Func<Task> correct)
        {
            doubts.Add(what);
            if (_doubts.Contains(what)) corrections.Add((of, what, correct));
        }
    }

    /// <summary>What cannot be put right must not be in the way of the rest, which will be looked at again, too.</summary>
    private async Task Put(UserName of, Func<Task> right)
    {
        try
        {
            await right();
        }
        catch (StoreAwayException)
        {
            // The next time.
        }
        catch (Exception problem) when (problem is not LobbyAwayException)
        {
            Log.NotPutRight(log, problem, of.Text);
        }
    }

    /// <summary>Those whose people are away: a node that Redis does not hear of and the journal does is only cut off, and its people play.</summary>
    private async Task<HashSet<string>> Gone(IReadOnlySet<string> silent)
    {
        ImmutableArray<Node> suspects = [.. silent.Intersect(Nodes).Select(prefix => new Node(prefix))];
        if (suspects.IsEmpty) return [];
        try
        {
            return [.. suspects.Except(await journal().Beating(suspects)).Select(other => other.Prefix)];
        }
        catch (StoreAwayException)
        {
            return []; // Nobody can move, and nobody is judged.
        }
    }

    private async Task Disconnect(UserName name, ConnectionId connection)
    {
        var now = serverTime.AtLatest;
        if (NodeOf(connection) is var other && other != node.Prefix && _gone.TryAdd(other, true)) Log.NodeGone(log, other);
        await lobby.Decide([name], current => current.Disconnect(name, connection, onPurpose: false, now));
    }

    /// <summary>The lobby has forgotten that a game began, before any node or before all had heard of it. Whether it still runs the journal knows.</summary>
    private async Task Reseat(GameId game)
    {
        await bus.Look(new HashSet<GameId> { game }); // It may have ended unheard.
        await games.Reseat(game, serverTime.AtLatest);
    }

    /// <summary>Those of the games in which somebody plays who is here; the others are nothing to this node.</summary>
    private IEnumerable<(UserName Of, object What, Func<Task> Correct)> Shows(IEnumerable<GameId> unshown, Lobby lobby)
    {
        var players = own.All.Select(connection => connection.Value.Name).Distinct().SelectMany(name => lobby.Find(name)?.Games ?? [], (name, seat) => (Name: name, seat.Game)).ToLookup(player => player.Game, player => player.Name);
        foreach (var game in unshown)
            if (players[game].FirstOrDefault() is { } player) yield return (player, game, () => Show(game));
            else stream.Unshown.TryRemove(game, out _);
    }

    private async Task Show(GameId game)
    {
        await bus.Show(game);
        stream.Unshown.TryRemove(game, out _);
    }

    /// <summary>
    /// The lobby has forgotten a connection: it is entered again, with the seats of games that run, or ended if the name is somebody else's by now. An invitation has another end, and is not put back from one.
    /// </summary>
    private async Task Connect(ConnectionId connection, User user)
    {
        var known = user with { Connections = [], Invitation = null, Games = user.Games.RemoveAll(seat => bus.IsOver(seat.Game)) };
        var decision = await lobby.Decide([user.Name], current => own.Holds(connection) ? current.Connect(known, connection) : new Decision<Lobby, LobbyEvent>.Accepted(current, []));
        if (decision is not Decision<Lobby, LobbyEvent>.Refused { Why: Refusal.NameTaken }) return;
        own.Close(connection);
        audiences.Publish(new LobbyEvent.LoggedOut(user.Name, connection));
    }
}
