using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>What an account changes about a user who is here.</summary>
public sealed partial record Lobby
{
    /// <summary>A guest becomes an account: the same name, seats and invitation, another proof of who they are. Nobody to do that to if they are not here; again: accepted without events.</summary>
    /// <param name="guest">What proves that the name is theirs; null for somebody who is not here as a guest.</param>
    public Decision Enrol(UserName name, Credential? guest, Credential account)
    {
        if (Find(name) is not { } user) return Accept(this);
        if (user.Credential == account) return Accept(this);
        if (user.Credential != guest) return Refuse(Refusal.NameTaken);

        return Accept(With(user with { Kind = UserKind.Account, Credential = account }));
    }

    /// <summary>A user prefers another colour, or is open to more games or no more.</summary>
    public Decision Prefer(UserName name, DiscColour? colour, bool openToMore)
    {
        if (Find(name) is not { } user) return Accept(this);

        return Prefer(user with { Colour = colour, OpenToMore = openToMore });
    }

    /// <summary>Enters what is known of a user from before; the record of one who plays is kept by <see cref="LeaveSeats"/>.</summary>
    public Decision Recall(UserName name, Tally tally, Rating? rating)
    {
        if (Find(name) is not { } user) return Accept(this);

        var recalled = user with { Tally = user.Games.IsEmpty ? tally : user.Tally, Rating = rating };
        return recalled == user ? Accept(this) : Accept(With(recalled));
    }

    /// <summary>Removes a user at once, whatever connections they have; not one who plays.</summary>
    public Decision Depart(UserName name)
    {
        if (Find(name) is not { } user) return Accept(this);
        if (!user.Games.IsEmpty) return Refuse(Refusal.GameIsRunning);

        return Remove(user);
    }
}
