namespace ConnectFour.Infrastructure.Redis.Wire;

/// <summary>What one decision changed, and what happened by it.</summary>
internal sealed record WireMessage
{
    /// <summary>Users as they are now.</summary>
    public WireUser[]? Users { get; init; }

    /// <summary>Names of users who left.</summary>
    public string[]? Gone { get; init; }
    public WireEvent[]? Events { get; init; }
}

/// <summary>An event of the lobby; each kind has its fields. A kind that is not known is passed over.</summary>
internal sealed record WireEvent(string Kind)
{
    public WireUser? User { get; init; }
    public WireUser? Other { get; init; }
    public string? Name { get; init; }
    public string? Connection { get; init; }
    public bool WasAway { get; init; }
    public string? Game { get; init; }
    public int Version { get; init; }
    public WireLink? Link { get; init; }
    public LinkEnd LinkEnd { get; init; }
    public WireInvitation? Invitation { get; init; }
    public InvitationEnd InvitationEnd { get; init; }
    public Player By { get; init; }
    public Reaction Reaction { get; init; }
    public string[]? Players { get; init; }
    public WireSeat? First { get; init; }
    public WireSeat? Second { get; init; }
    public WireTerms? Terms { get; init; }
    public Stakes Stakes { get; init; }
}

/// <summary>What was appended to a game in one step.</summary>
/// <param name="Version">The game's afterwards.</param>
internal sealed record WireGame(string Node, string Game, int Version, WireGameEvent[] Events);

/// <param name="At">In milliseconds since 1970.</param>
internal sealed record WireGameEvent(string Kind, long At)
{
    public WireSeat? First { get; init; }
    public WireSeat? Second { get; init; }
    public WireTerms? Terms { get; init; }
    public Stakes Stakes { get; init; }
    public Player By { get; init; }
    public int Column { get; init; }

    /// <summary>In milliseconds.</summary>
    public long Remaining { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Who looks on at which games, on one node.</summary>
/// <param name="IsAll">Whether that is all that are watched there; otherwise the games that are named have changed.</param>
internal sealed record WireWatchers(string Node, bool IsAll, WireWatched[] Games);

internal sealed record WireWatched(string Game, string[] Names);
