namespace ConnectFour.Application.Ports;

/// <summary>What is known of people beyond a visit: of accounts, and of guests who have played.</summary>
public interface IProfiles
{
    /// <summary>Whoever proves who they are by this, or null.</summary>
    ValueTask<Profile?> Find(Credential credential);

    /// <summary>Whether the name belongs to an account, and is closed to guests.</summary>
    ValueTask<bool> IsRegistered(UserName name);
}

/// <param name="Name">The name they go by now.</param>
/// <param name="Tally">The record over all their finished games.</param>
public sealed record Profile(UserName Name, UserKind Kind, DiscColour? Colour, bool OpenToMore, Tally Tally);
