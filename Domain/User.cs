using System.Collections.Immutable;

namespace ConnectFour.Domain;

public enum UserKind
{
    Guest,
    Account,

    /// <summary>Played by the server itself.</summary>
    Bot,
}

/// <summary>What a user is doing, as the lobby shows it.</summary>
public enum UserState
{
    Available,
    InvitationSent,
    InvitationReceived,
    Playing,
}

/// <summary>One connection of a user: a tab, a bot.</summary>
public sealed record ConnectionId(string Value);

/// <summary>Proves that a later connection belongs to the same user. Holds a digest, never the secret itself.</summary>
public sealed record Credential(string Digest)
{
    /// <summary>What proves an account is its session, which is not the lobby's business; this only tells accounts apart.</summary>
    public static Credential Of(long account) => new($"account:{account}");

    /// <summary>What a bot of the server's own goes by; no token has this digest.</summary>
    public static Credential OfBot(UserName name) => new($"bot:{name.Text.ToUpperInvariant()}");
}

/// <summary>A running game from one player's side.</summary>
public sealed record GameSeat(GameId Game, Player Side, UserName Opponent);

/// <summary>Somebody in the lobby: here, or away with a seat to come back to.</summary>
/// <param name="Since">When they joined; the list shows who came first, first.</param>
public sealed record User(UserName Name, UserKind Kind, Credential Credential, DateTimeOffset Since)
{
    public ImmutableArray<ConnectionId> Connections { get; init; } = [];

    /// <summary>The one pending invitation, sent or received, or null.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>What they wait for to be paired, or null.</summary>
    public Seek? Seek { get; init; }

    /// <summary>Their invitation by link, or null.</summary>
    public Link? Link { get; init; }

    /// <summary>The running games.</summary>
    public ImmutableArray<GameSeat> Games { get; init; } = [];

    /// <summary>Whether they may be challenged while they play.</summary>
    public bool OpenToMore { get; init; }

    public ChallengePolicy Challenges { get; init; }

    public ImmutableArray<Block> Blocked { get; init; } = [];

    /// <summary>When they last said something in a game.</summary>
    public DateTimeOffset ReactedAt { get; init; }

    /// <summary>The preferred disc colour, or null.</summary>
    public DiscColour? Colour { get; init; }

    public Tally Tally { get; init; }

    /// <summary>Null before the first rated game.</summary>
    public Rating? Rating { get; init; }

    /// <summary>Set while no connection is left: from when on an opponent may claim the win.</summary>
    public DateTimeOffset? ClaimableAt { get; init; }

    /// <summary>Set while no connection is left: when the user's seats are lost by themselves.</summary>
    public DateTimeOffset? LeavesAt { get; init; }

    /// <summary>Whether a connection is open. Only who is here is listed and can be challenged.</summary>
    public bool IsHere => !Connections.IsEmpty;

    /// <summary>Whether the time to come back is over.</summary>
    public bool IsOverdue(DateTimeOffset now) => LeavesAt <= now;

    public bool Blocks(User other) => Blocked.Any(block => block.Who == other.Credential);

    public UserState State =>
        Invitation is { } invitation ? invitation.From == Name ? UserState.InvitationSent : UserState.InvitationReceived
        : Games.IsEmpty ? UserState.Available
        : UserState.Playing;
}
