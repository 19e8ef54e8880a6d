using System.Diagnostics;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>From the domain to the wire. Pure.</summary>
internal static class Wire
{
    public static WireUser User(User user) => new(
        user.Name.Text,
        State(user.State),
        Kind(user.Kind),
        user.Games.Length,
        user.OpenToMore,
        user.Tally.Wins,
        user.Tally.Losses,
        user.Tally.Draws,
        user.Colour is { } colour ? Colour(colour) : null);

    /// <summary>A pending invitation as one of the two sees it.</summary>
    public static InvitationMessage Pending(Invitation invitation, UserName viewer, DateTimeOffset now) =>
        Invitation(invitation, viewer == invitation.From ? "sent" : "received", Milliseconds(invitation.ExpiresAt - now), null);

    public static InvitationMessage Ended(Invitation invitation, InvitationEnd how, GameId? game) => Invitation(invitation, Status(how), 0, game);

    /// <param name="firstLeaves">When player 1, being away, loses; null if they are here.</param>
    /// <param name="secondLeaves">The same for player 2.</param>
    public static WholeGameMessage Game(Game game, DateTimeOffset? firstLeaves, DateTimeOffset? secondLeaves, DateTimeOffset now) => new(
        game.Id.Value,
        game.Version,
        [Seated(game.First, firstLeaves, now), Seated(game.Second, secondLeaves, now)],
        game.Moves.ToString(),
        (int?)game.ToMove,
        game.Clock is { } clock ? new WireClock((int)clock.Control.Initial.TotalSeconds, (int)clock.Control.Increment.TotalSeconds, Remaining(clock, now)) : null,
        game.Outcome is { } outcome ? new WireResult((int?)outcome.Winner, outcome.Reason, Cells(outcome)) : null);

    /// <summary>What an appended event looks like to players and watchers.</summary>
    /// <param name="game">The game after the step that the event was part of.</param>
    /// <param name="version">The event's own version.</param>
    public static ServerMessage Event(Game game, GameEvent happened, int version) => happened switch
    {
        GameEvent.Started or GameEvent.Swapped or GameEvent.Resumed => Game(game, null, null, happened.At),
        GameEvent.DiscDropped drop => new MovedMessage(
            game.Id.Value, version, game.Moves.Plies - 1, (int)drop.By, drop.Column.Number, game.Board.DiscsIn(drop.Column),
            game.Clock is { } clock ? Remaining(clock, drop.At) : null),
        GameEvent.Ended { Outcome: var outcome } => new GameOverMessage(game.Id.Value, version, (int?)outcome.Winner, outcome.Reason, Cells(outcome)),
        _ => throw new UnreachableException(),
    };

    public static PresenceMessage Presence(User user, GameSeat seat, DateTimeOffset now) =>
        new(seat.Game.Value, (int)seat.Side, user.IsHere, user.LeavesAt is { } at ? Milliseconds(at - now) : null);

    public static string Kind(UserKind kind) => kind switch
    {
        UserKind.Guest => "guest",
        UserKind.Account => "account",
        UserKind.Bot => "bot",
    };

    private static WirePlayer Seated(Seat seat, DateTimeOffset? leaves, DateTimeOffset now) =>
        new(seat.Name.Text, Colour(seat.Colour), leaves is null, leaves is { } at ? Milliseconds(at - now) : null);

    private static InvitationMessage Invitation(Invitation invitation, string status, long expiresIn, GameId? game) => new(
        status,
        invitation.From.Text,
        invitation.To.Text,
        invitation.Terms.Control is { } control ? ClockSetting.From(control) : null,
        expiresIn,
        game?.Value,
        invitation.RematchOf?.Value);

    private static string State(UserState state) => state switch
    {
        UserState.Available => "AVAILABLE",
        UserState.InvitationSent => "INVITATION_SENT",
        UserState.InvitationReceived => "INVITATION_RECEIVED",
        UserState.Playing => "PLAYING",
    };

    private static string Status(InvitationEnd how) => how switch
    {
        InvitationEnd.Accepted => "accepted",
        InvitationEnd.Declined => "declined",
        InvitationEnd.Withdrawn => "withdrawn",
        InvitationEnd.Expired => "expired",
        InvitationEnd.Gone => "gone",
    };

    private static string Colour(DiscColour colour) => colour switch
    {
        DiscColour.Red => "red",
        DiscColour.Yellow => "yellow",
        DiscColour.Blue => "blue",
        DiscColour.Orange => "orange",
        DiscColour.Purple => "purple",
        DiscColour.Green => "green",
        DiscColour.White => "white",
        DiscColour.Black => "black",
    };

    private static int[][] Cells(Outcome outcome) =>
        outcome is Outcome.FourInLine four ? [.. four.Cells.Select(cell => (int[])[cell.Column.Number, cell.Row])] : [];

    private static long[] Remaining(Clock clock, DateTimeOffset now) =>
        [Milliseconds(clock.Remaining(Player.First, now)), Milliseconds(clock.Remaining(Player.Second, now))];

    private static long Milliseconds(TimeSpan span) => span > TimeSpan.Zero ? (long)Math.Ceiling(span.TotalMilliseconds) : 0;
}
