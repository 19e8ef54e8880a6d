using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>What is known of people beyond a visit: of accounts, and of guests who have played.</summary>
public interface IProfiles
{
    /// <summary>Whoever proves who they are by this, or null.</summary>
    ValueTask<Profile?> Find(Credential credential);

    /// <summary>Keeps what a user chose (who may challenge them, whether they are open to more games, whom they block) for their next visit, if they are known beyond this one.</summary>
    /// <returns>False if it cannot be stored at the moment.</returns>
    ValueTask<bool> Keep(User user);

    /// <summary>Whether the name belongs to an account, and is closed to guests.</summary>
    ValueTask<bool> IsRegistered(UserName name);
}

/// <param name="Name">The name they go by now.</param>
/// <param name="Tally">The record over all their finished games.</param>
public sealed record Profile(UserName Name, UserKind Kind, DiscColour? Colour, bool OpenToMore, Tally Tally)
{
    /// <summary>Null before the first rated game.</summary>
    public Rating? Rating { get; init; }

    public ChallengePolicy Challenges { get; init; }

    public ImmutableArray<Block> Blocked { get; init; } = [];
}
