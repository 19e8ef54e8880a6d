using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>From events to messages, and to whom. A message is serialised once, whoever gets it. Changes of the user list go by <see cref="LobbyFeed"/>.</summary>
internal sealed class Broadcaster(Sessions sessions, IWatchers watchers, LiveGames live, ServerTime serverTime, TimeProvider time) : IAudience
{
    private long _gameNews;

    /// <summary>How many messages have told of what happened in games, to players and watchers.</summary>
    public long GameNews => Volatile.Read(ref _gameNews);

    public void Hear(LobbyEvent happened)
    {
        switch (happened)
        {
            case LobbyEvent.Connected connected:
                sessions.Attach(connected.Connection, connected.User.Name);
                if (connected.WasAway) Announce(connected.User);
                break;
            case LobbyEvent.WentAway away:
                Announce(away.User);
                break;
            case LobbyEvent.LoggedOut gone:
                foreach (var session in sessions.Of(gone.Name))
                    if (gone.Only is null || session.Id == gone.Only) session.Connection.End(Ending.LoggedOut);
                break;
            case LobbyEvent.Challenged { Invitation: var invitation }:
                foreach (var name in (UserName[])[invitation.From, invitation.To])
                    Send(Wire.Pending(invitation, name, serverTime.Now), name);
                break;
            case LobbyEvent.InvitationEnded ended:
                Send(Wire.Ended(ended.Invitation, ended.How, ended.Game), ended.Invitation.From, ended.Invitation.To);
                break;
            case LobbyEvent.Reseated { Game: var id } seated when live.Find(id) is { } game && game.Version >= seated.Version: // A node that is not as far will be, and its next move shows them that they miss the game.
                var onlookers = Onlookers(id, game.First.Name, game.Second.Name);
                Send(Wire.Game(game, seated.First, seated.Second, onlookers.Length, serverTime.Now), game.First.Name, game.Second.Name);
                break;
            case LobbyEvent.SidesChanged changed:
                foreach (var player in (User[])[changed.First, changed.Second])
                    if (!player.IsHere) Announce(player); // The whole game that was sent does not say so.
                break;
            case LobbyEvent.TurnedAway { Invitation: var invitation }:
                Send(Wire.Pending(invitation, invitation.From, serverTime.Now), invitation.From);
                Send(Wire.Ended(invitation, InvitationEnd.Declined, null), invitation.From);
                break;
            case LobbyEvent.SeekStarted { User: var user }:
                Send(Wire.Seek(user, "waiting", null, serverTime.Now), user.Name);
                break;
            case LobbyEvent.SeekEnded ended:
                Send(Wire.Seek(ended.User, ended.Game is null ? "ended" : "paired", ended.Game, serverTime.Now), ended.User.Name);
                break;
            case LobbyEvent.LinkMade made:
                Send(Wire.Link(made.Link, "open", null, serverTime.Now), made.Host.Name);
                break;
            case LobbyEvent.LinkEnded ended:
                Send(Wire.Link(ended.Link, Wire.Status(ended.How), ended.Game, serverTime.Now), ended.Host.Name);
                break;
            case LobbyEvent.Preferred { User: var user }:
                Send(Wire.Preferences(user), user.Name);
                break;
            case LobbyEvent.Reacted reacted:
                Send(Wire.Reaction(reacted), [.. reacted.Players, .. Onlookers(reacted.Game, reacted.Players[0], reacted.Players[^1])]);
                break;
            case LobbyEvent.SeatsTaken or LobbyEvent.SeatsLeft or LobbyEvent.Reseated:
                break; // The game itself tells of its beginning and its end.
        }
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events)
    {
        var committed = time.GetTimestamp();
        live.Follow(game);
        var onlookers = Onlookers(game.Id, game.First.Name, game.Second.Name);
        var version = game.Version - events.Length;
        foreach (var happened in events)
            Send(Wire.Event(game, happened, ++version, onlookers.Length), happened is GameEvent.DiscDropped ? committed : null, [game.First.Name, game.Second.Name, .. onlookers]);
        Interlocked.Add(ref _gameNews, events.Length * (2 + onlookers.Length));
        if (game.Outcome is not null) watchers.Forget(game.Id); // Not with its seats: with many nodes, those may be told of before what was watched.
    }

    public void TakeUp(Game game) => live.Follow(game);

    public void HearSetBack(Game game)
    {
        live.Follow(game);
        Send(Wire.SetBack(game), [game.First.Name, game.Second.Name, .. Onlookers(game.Id, game.First.Name, game.Second.Name)]);
    }

    /// <summary>Tells the players and watchers of a game how many look on.</summary>
    public void CountWatchers(Game game)
    {
        var onlookers = Onlookers(game.Id, game.First.Name, game.Second.Name);
        Send(new WatchersMessage(game.Id.Value, onlookers.Length), [game.First.Name, game.Second.Name, .. onlookers]);
    }

    /// <summary>Tells opponents and watchers that a player is away or back.</summary>
    private void Announce(User user)
    {
        var now = serverTime.Now;
        foreach (var seat in user.Games)
            Send(Wire.Presence(user, seat, now), [seat.Opponent, .. Onlookers(seat.Game, user.Name, seat.Opponent)]);
    }

    // A player may watch their own game; once is enough.
    private ImmutableArray<UserName> Onlookers(GameId game, UserName player, UserName opponent) =>
        watchers.Of(game) is { IsEmpty: false } all ? [.. all.Where(name => name != player && name != opponent)] : [];

    private void Send(ServerMessage message, params ReadOnlySpan<UserName> audience) => Send(message, null, audience);

    private void Send(ServerMessage message, long? moveCommitted, ReadOnlySpan<UserName> audience)
    {
        byte[]? bytes = null;
        foreach (var name in audience)
            foreach (var session in sessions.Of(name))
                session.Send(new Outgoing(bytes ??= WireJson.Bytes(message), moveCommitted));
    }
}
