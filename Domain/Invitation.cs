namespace ConnectFour.Domain;

/// <summary>A pending challenge. Both users hold the same one.</summary>
/// <param name="From">The challenger.</param>
/// <param name="To">The challenged.</param>
/// <param name="ExpiresAt">From then on it can no longer be accepted.</param>
/// <param name="First">Who will start: the challenged, except in a rematch, where it is whoever was second before.</param>
/// <param name="RematchOf">The finished game that this one follows, or null.</param>
public sealed record Invitation(UserName From, UserName To, Terms Terms, DateTimeOffset ExpiresAt, UserName First, GameId? RematchOf)
{
    /// <summary>What the game would be about.</summary>
    public Stakes Stakes { get; init; }
}

/// <summary>How an invitation ended: exactly once, in exactly one of these ways.</summary>
public enum InvitationEnd
{
    Accepted,
    Declined,
    Withdrawn,
    Expired,

    /// <summary>One of the two left.</summary>
    Gone,
}
