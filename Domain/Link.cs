namespace ConnectFour.Domain;

/// <summary>An invitation to whoever has its key: an address to send to a friend. The first who comes by it gets the seat.</summary>
/// <param name="Key">The secret part of the address.</param>
/// <param name="ExpiresAt">From then on it leads nowhere.</param>
public sealed record Link(string Key, Terms Terms, DateTimeOffset ExpiresAt);

/// <summary>How a link ended: exactly once, in exactly one of these ways.</summary>
public enum LinkEnd
{
    /// <summary>Somebody came by it, and a game began.</summary>
    Taken,
    Withdrawn,
    Expired,
}
