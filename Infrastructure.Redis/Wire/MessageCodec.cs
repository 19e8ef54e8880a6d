using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace ConnectFour.Infrastructure.Redis.Wire;

/// <summary>What one decision changed, and what happened by it.</summary>
internal sealed record LobbyMessage(ImmutableArray<User> Users, ImmutableArray<UserName> Gone, ImmutableArray<LobbyEvent> Events);

/// <summary>Between what happens in the lobby and what is published of it.</summary>
internal static class MessageCodec
{
    public static string Encode(LobbyMessage message) => JsonSerializer.Serialize(
        new WireMessage
        {
            Users = [.. message.Users.Select(UserCodec.Wire)],
            Gone = [.. message.Gone.Select(name => name.Text)],
            Events = [.. message.Events.Select(Wire)],
        },
        WireJson.Default.WireMessage);

    /// <exception cref="JsonException">It is no message.</exception>
    public static LobbyMessage Decode(string json)
    {
        var wire = JsonSerializer.Deserialize(json, WireJson.Default.WireMessage) ?? throw new JsonException("No message.");
        return new(
            [.. (wire.Users ?? []).Select(UserCodec.User)],
            [.. (wire.Gone ?? []).Select(UserName.From)],
            [.. (wire.Events ?? []).Select(Event).OfType<LobbyEvent>()]);
    }

    private static WireEvent Wire(LobbyEvent happened) => happened switch
    {
        LobbyEvent.Connected e => new("connected") { User = UserCodec.Wire(e.User), Connection = e.Connection.Value, WasAway = e.WasAway },
        LobbyEvent.WentAway e => new("wentAway") { User = UserCodec.Wire(e.User) },
        LobbyEvent.Left e => new("left") { User = UserCodec.Wire(e.User) },
        LobbyEvent.LoggedOut e => new("loggedOut") { Name = e.Name.Text },
        LobbyEvent.Preferred e => new("preferred") { User = UserCodec.Wire(e.User) },
        LobbyEvent.SeekStarted e => new("seekStarted") { User = UserCodec.Wire(e.User) },
        LobbyEvent.SeekEnded e => new("seekEnded") { User = UserCodec.Wire(e.User), Game = e.Game?.Value },
        LobbyEvent.LinkMade e => new("linkMade") { User = UserCodec.Wire(e.Host), Link = UserCodec.Wire(e.Link) },
        LobbyEvent.LinkEnded e => new("linkEnded") { User = UserCodec.Wire(e.Host), Link = UserCodec.Wire(e.Link), LinkEnd = e.How, Game = e.Game?.Value },
        LobbyEvent.Reacted e => new("reacted") { Game = e.Game.Value, By = e.By, Reaction = e.Reaction, Players = [.. e.Players.Select(name => name.Text)] },
        LobbyEvent.TurnedAway e => new("turnedAway") { Invitation = UserCodec.Wire(e.Invitation) },
        LobbyEvent.Challenged e => new("challenged") { Invitation = UserCodec.Wire(e.Invitation) },
        LobbyEvent.InvitationEnded e => new("invitationEnded") { Invitation = UserCodec.Wire(e.Invitation), InvitationEnd = e.How, Game = e.Game?.Value },
        LobbyEvent.SeatsTaken e => new("seatsTaken") { Game = e.Game.Value, First = UserCodec.Wire(e.First), Second = UserCodec.Wire(e.Second), Terms = UserCodec.Wire(e.Terms), Stakes = e.Stakes },
        LobbyEvent.Reseated e => new("reseated") { Game = e.Game.Value, Version = e.Version, User = e.First is null ? null : UserCodec.Wire(e.First), Other = e.Second is null ? null : UserCodec.Wire(e.Second) },
        LobbyEvent.SidesChanged e => new("sidesChanged") { User = UserCodec.Wire(e.First), Other = UserCodec.Wire(e.Second) },
        LobbyEvent.SeatsLeft e => new("seatsLeft") { Game = e.Game.Value },
        _ => throw new UnreachableException(),
    };

    private static LobbyEvent? Event(WireEvent wire) => wire.Kind switch
    {
        "connected" => new LobbyEvent.Connected(UserCodec.User(wire.User!), new ConnectionId(wire.Connection!), wire.WasAway),
        "wentAway" => new LobbyEvent.WentAway(UserCodec.User(wire.User!)),
        "left" => new LobbyEvent.Left(UserCodec.User(wire.User!)),
        "loggedOut" => new LobbyEvent.LoggedOut(UserName.From(wire.Name!)),
        "preferred" => new LobbyEvent.Preferred(UserCodec.User(wire.User!)),
        "seekStarted" => new LobbyEvent.SeekStarted(UserCodec.User(wire.User!)),
        "seekEnded" => new LobbyEvent.SeekEnded(UserCodec.User(wire.User!), UserCodec.Game(wire.Game)),
        "linkMade" => new LobbyEvent.LinkMade(UserCodec.User(wire.User!), UserCodec.Link(wire.Link!)),
        "linkEnded" => new LobbyEvent.LinkEnded(UserCodec.User(wire.User!), UserCodec.Link(wire.Link!), wire.LinkEnd, UserCodec.Game(wire.Game)),
        "reacted" => new LobbyEvent.Reacted(new GameId(wire.Game!), wire.By, wire.Reaction, [.. (wire.Players ?? []).Select(UserName.From)]),
        "turnedAway" => new LobbyEvent.TurnedAway(UserCodec.Invitation(wire.Invitation!)),
        "challenged" => new LobbyEvent.Challenged(UserCodec.Invitation(wire.Invitation!)),
        "invitationEnded" => new LobbyEvent.InvitationEnded(UserCodec.Invitation(wire.Invitation!), wire.InvitationEnd, UserCodec.Game(wire.Game)),
        "seatsTaken" => new LobbyEvent.SeatsTaken(new GameId(wire.Game!), UserCodec.Seat(wire.First!), UserCodec.Seat(wire.Second!), UserCodec.Terms(wire.Terms!), wire.Stakes),
        "reseated" => new LobbyEvent.Reseated(new GameId(wire.Game!), wire.Version, wire.User is null ? null : UserCodec.User(wire.User), wire.Other is null ? null : UserCodec.User(wire.Other)),
        "sidesChanged" => new LobbyEvent.SidesChanged(UserCodec.User(wire.User!), UserCodec.User(wire.Other!)),
        "seatsLeft" => new LobbyEvent.SeatsLeft(new GameId(wire.Game!)),
        _ => null,
    };
}
