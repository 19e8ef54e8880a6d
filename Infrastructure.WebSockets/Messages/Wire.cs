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
        Policy(user.Challenges),
        user.Seek is not null,
        user.Tally.Wins,
        user.Tally.Losses,
        user.Tally.Draws,
        user.Rating is { } rating ? (int)Math.Round(rating.Value) : null,
        user.Rating is { IsProvisional: true },
        user.Colour is { } colour ? Colour(colour) : null);

    /// <summary>A pending invitation as one of the two sees it.</summary>
    public static InvitationMessage Pending(Invitation invitation, UserName viewer, DateTimeOffset now) =>
        Invitation(invitation, viewer == invitation.From ? "sent" : "received", Milliseconds(invitation.ExpiresAt - now), null);

    public static InvitationMessage Ended(Invitation invitation, InvitationEnd how, GameId? game) => Invitation(invitation, Status(how), 0, game);

    /// <summary>How somebody's waiting stands.</summary>
    /// <param name="user">As they are while they wait, or were.</param>
    public static SeekingMessage Seek(User user, string status, GameId? game, DateTimeOffset now) => new(
        status, [.. user.Seek!.Controls.Select(Clock)], IsSwap(user.Seek.Balance), IsPair(user.Seek.Balance), Milliseconds(now - user.Seek.Since), game?.Value);

    public static LinkedMessage Link(Link link, string status, GameId? game, DateTimeOffset now) => new(
        status, link.Key, Clock(link.Terms.Control), IsSwap(link.Terms.Balance), IsPair(link.Terms.Balance), status == "open" ? Milliseconds(link.ExpiresAt - now) : 0, game?.Value);

    public static string Status(LinkEnd how) => how switch
    {
        LinkEnd.Taken => "taken",
        LinkEnd.Withdrawn => "withdrawn",
        LinkEnd.Expired => "expired",
    };

    public static PreferencesMessage Preferences(User user) => new(user.OpenToMore, Policy(user.Challenges), [.. user.Blocked.Select(block => block.Name.Text)]);

    public static ReactionMessage Reaction(LobbyEvent.Reacted happened) => new(happened.Game.Value, (int)happened.By, Reaction(happened.Reaction));

    public static WireRunning Running(Game game) => new(
        game.Id.Value, [new(game.First.Name.Text, Colour(game.First.Colour)), new(game.Second.Name.Text, Colour(game.Second.Colour))], game.Moves.ToString(), Clock(game.Control));

    public static ServerMessage SetBack(Game game) => new SetBackMessage(game.Id.Value, game.Version, game.Moves.Plies);

    /// <param name="first">Player 1 as the lobby knows them; null if it does not, or it does not matter any more.</param>
    /// <param name="second">The same of player 2.</param>
    /// <param name="watchers">How many look on.</param>
    public static WholeGameMessage Game(Game game, User? first, User? second, int watchers, DateTimeOffset now) => new(
        game.Id.Value,
        game.Version,
        [Seated(game.First, first, now), Seated(game.Second, second, now)],
        game.Opening.ToString(),
        game.Moves.ToString(),
        (int?)game.ToMove,
        game.Clock is { } clock ? new WireClock((int)clock.Control.Initial.TotalSeconds, (int)clock.Control.Increment.TotalSeconds, Remaining(clock, now)) : null,
        game.IsSwapped ? "done" : game.Terms.Balance == Balance.Swap ? "agreed" : null,
        game.Terms.Balance switch { Balance.Pair => 1, Balance.Return => 2, _ => null },
        game.Stakes == Stakes.Rated,
        watchers,
        game.Outcome is { } outcome ? new WireResult((int?)outcome.Winner, outcome.Reason, Cells(outcome)) : null);

    /// <summary>What an appended event looks like to players and watchers.</summary>
    /// <param name="game">The game after the step that the event was part of.</param>
    /// <param name="version">The event's own version.</param>
    /// <param name="watchers">How many look on.</param>
    public static ServerMessage Event(Game game, GameEvent happened, int version, int watchers) => happened switch
    {
        GameEvent.Started or GameEvent.Swapped or GameEvent.Resumed => Game(game, null, null, watchers, happened.At),
        GameEvent.DiscDropped drop => new MovedMessage(
            game.Id.Value, version, game.Moves.Plies - 1, (int)drop.By, drop.Column.Number, game.Board.DiscsIn(drop.Column),
            game.Clock is { } clock ? Remaining(clock, drop.At) : null),
        GameEvent.Ended { Outcome: var outcome } => new GameOverMessage(game.Id.Value, version, (int?)outcome.Winner, outcome.Reason, Cells(outcome)),
        _ => throw new UnreachableException(),
    };

    public static PresenceMessage Presence(User user, GameSeat seat, DateTimeOffset now) =>
        new(seat.Game.Value, (int)seat.Side, user.IsHere, Until(user.ClaimableAt, now), Until(user.LeavesAt, now));

    public static string Kind(UserKind kind) => kind switch
    {
        UserKind.Guest => "guest",
        UserKind.Account => "account",
        UserKind.Bot => "bot",
    };

    public static string Policy(ChallengePolicy policy) => policy switch
    {
        ChallengePolicy.Everybody => "everybody",
        ChallengePolicy.Accounts => "accounts",
        ChallengePolicy.Nobody => "nobody",
    };

    /// <summary>The policy of that name, or null.</summary>
    public static ChallengePolicy? PolicyOf(string name) => Of<ChallengePolicy>(name, Policy);

    public static string Reaction(Reaction reaction) => reaction switch
    {
        Domain.Reaction.Hello => "hello",
        Domain.Reaction.GoodLuck => "good_luck",
        Domain.Reaction.Nice => "nice",
        Domain.Reaction.Oops => "oops",
        Domain.Reaction.Thanks => "thanks",
        Domain.Reaction.GoodGame => "good_game",
    };

    /// <summary>The reaction of that name, or null.</summary>
    public static Reaction? ReactionOf(string name) => Of<Reaction>(name, Reaction);

    private static T? Of<T>(string name, Func<T, string> nameOf) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name) return value;
        return null;
    }

    private static WirePlayer Seated(Seat seat, User? user, DateTimeOffset now) =>
        new(seat.Name.Text, Colour(seat.Colour), user is null or { IsHere: true }, Until(user?.ClaimableAt, now), Until(user?.LeavesAt, now));

    private static long? Until(DateTimeOffset? at, DateTimeOffset now) => at is { } then ? Milliseconds(then - now) : null;

    private static ClockSetting? Clock(TimeControl? control) => control is null ? null : ClockSetting.From(control);

    private static bool IsSwap(Balance balance) => balance == Balance.Swap;

    private static bool IsPair(Balance balance) => balance is Balance.Pair or Balance.Return;

    private static InvitationMessage Invitation(Invitation invitation, string status, long expiresIn, GameId? game) => new(
        status,
        invitation.From.Text,
        invitation.To.Text,
        Clock(invitation.Terms.Control),
        IsSwap(invitation.Terms.Balance),
        IsPair(invitation.Terms.Balance),
        invitation.Stakes == Stakes.Rated,
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
