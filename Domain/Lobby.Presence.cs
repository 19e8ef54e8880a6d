using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Who is here: connections come and go, seats are kept for a while.</summary>
public sealed partial record Lobby
{
    /// <summary>Users whose time to come back is over, who left first, first.</summary>
    public IEnumerable<User> Overdue(DateTimeOffset now) => Users.Values.Where(user => user.IsOverdue(now)).OrderBy(user => user.LeavesAt).ThenBy(user => user.Name);

    /// <summary>Opens a connection: a newcomer's first, or one more of the user who holds the same credential.</summary>
    public Decision Connect(User newcomer, ConnectionId connection)
    {
        var user = Find(newcomer.Name) ?? newcomer;
        if (user.Credential != newcomer.Credential) return Refuse(Refusal.NameTaken);
        if (user.Connections.Contains(connection)) return Accept(this);
        if (user.Connections.Length >= Rules.MaxConnections) return Refuse(Refusal.TooManyConnections);

        var next = user with { Connections = user.Connections.Add(connection), ClaimableAt = null, LeavesAt = null };
        return Accept(With(next), new LobbyEvent.Connected(next, connection, WasAway: user.LeavesAt is not null));
    }

    /// <summary>
    /// Takes in a player whom the server found in a running game as it came back: away, with their seats and time to return. Again: the time begins anew for whoever has not returned yet.
    /// </summary>
    public Decision Restore(User player, DateTimeOffset now)
    {
        var known = Find(player.Name) ?? player;
        if (known.IsHere || known.Credential != player.Credential || known.Games.IsEmpty) return Accept(this);

        return Accept(With(Away(known, Rules.GraceAfterRestart, now)));
    }

    /// <summary>Nobody could come back until now: whoever is away and has seats gets time to, and their opponents hear of it. Others, and who has more time already: accepted without events.</summary>
    /// <param name="grace">How long they have from <paramref name="now"/> on.</param>
    public Decision Excuse(UserName name, TimeSpan grace, DateTimeOffset now)
    {
        if (Find(name) is not { IsHere: false, Games.IsEmpty: false } user) return Accept(this);

        var next = Away(user, grace, now);
        return next.LeavesAt > user.LeavesAt ? Accept(With(next), new LobbyEvent.WentAway(next)) : Accept(this);
    }

    /// <summary>Closes a connection. When it was the last one, the user is away and keeps their seats for a grace period.</summary>
    /// <param name="onPurpose">Whether the user closed it, as against a line that was cut.</param>
    public Decision Disconnect(UserName name, ConnectionId connection, bool onPurpose, DateTimeOffset now)
    {
        if (Find(name) is not { } user || !user.Connections.Contains(connection)) return Accept(this);

        var next = user with { Connections = user.Connections.Remove(connection) };
        if (next.IsHere) return Accept(With(next));

        // A host who sets the grace to zero means it for the lobby and for a closed tab as well.
        var grace = next.Games.IsEmpty ? Rules.GraceWithoutGame : onPurpose ? Rules.GraceAfterLeaving : Rules.Grace;
        next = Away(next, Shorter(grace, Rules.Grace), now);
        return Accept(With(next), new LobbyEvent.WentAway(next));
    }

    /// <summary>
    /// Removes a user whose time to come back is over and who has no seat left (the games are abandoned first, one by one). Otherwise: accepted without events.
    /// </summary>
    public Decision Leave(UserName name, DateTimeOffset now)
    {
        if (Find(name) is not { } user || !user.IsOverdue(now) || !user.Games.IsEmpty) return Accept(this);

        return Remove(user);
    }

    private Decision Remove(User user)
    {
        var without = this with { Users = Users.Remove(user.Name) };
        var left = new LobbyEvent.Left(user);
        return user.Invitation is { } invitation
            ? Accept(without.Release(invitation), new LobbyEvent.InvitationEnded(invitation, InvitationEnd.Gone, null), left)
            : Accept(without, left);
    }

    // Without a grace there is nothing that an opponent could be patient about.
    private User Away(User user, TimeSpan grace, DateTimeOffset now) => user with
    {
        ClaimableAt = now + grace,
        LeavesAt = now + grace + (user.Games.IsEmpty || grace == TimeSpan.Zero ? TimeSpan.Zero : Rules.Patience),
    };

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
