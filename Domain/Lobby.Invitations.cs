using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Who challenged whom, and what became of it.</summary>
public sealed partial record Lobby
{
    /// <summary>Invitations that nobody answered in time.</summary>
    public IEnumerable<Invitation> Expired(DateTimeOffset now) => Users.Values
        .Where(user => user.State == UserState.InvitationSent && user.Invitation!.ExpiresAt <= now)
        .Select(user => user.Invitation!);

    /// <summary>
    /// Invites an opponent. If they have invited the challenger already, the two crossed: it counts as accepting theirs, on their terms.
    /// </summary>
    /// <param name="crossed">The id of the game to start in that case.</param>
    public Decision Challenge(UserName by, UserName opponent, Terms terms, GameId crossed, DateTimeOffset now) =>
        Invite(by, opponent, new Invitation(by, opponent, terms, now + Rules.InvitationLifetime, First: opponent, RematchOf: null), crossed, now);

    /// <summary>Invites the opponent of a finished game again, same terms. Whoever was second before starts.</summary>
    /// <param name="crossed">The id of the game to start if the opponent has asked already.</param>
    public Decision Rematch(UserName by, Game finished, GameId crossed, DateTimeOffset now)
    {
        if (finished.SideOf(by) is not { } side) return Refuse(Refusal.NotAPlayer);
        if (finished.Outcome is null) return Refuse(Refusal.GameIsRunning);

        var opponent = finished[side.Opponent].Name;
        var invitation = new Invitation(by, opponent, finished.Terms, now + Rules.InvitationLifetime, finished.Second.Name, finished.Id);
        return Invite(by, opponent, invitation, crossed, now);
    }

    /// <summary>Withdraws the challenger's invitation.</summary>
    public Decision Cancel(UserName by, UserName opponent)
    {
        if (Pending(from: by, to: opponent) is not { } invitation) return Refuse(Refusal.NoSuchInvitation);

        return End(invitation, InvitationEnd.Withdrawn);
    }

    public Decision Decline(UserName by, UserName opponent)
    {
        if (Pending(from: opponent, to: by) is not { } invitation) return Refuse(Refusal.NoSuchInvitation);

        return End(invitation, InvitationEnd.Declined);
    }

    /// <summary>Accepts: both take their seats in a new game.</summary>
    public Decision Accept(UserName by, UserName opponent, GameId game, DateTimeOffset now)
    {
        if (Pending(from: opponent, to: by) is not { } invitation) return Refuse(Refusal.NoSuchInvitation);
        if (invitation.ExpiresAt <= now) return Refuse(Refusal.NoSuchInvitation);

        var (first, second) = Seat.Assign(challenged: Users[invitation.To], challenger: Users[invitation.From], invitation.First);
        var next = Release(invitation);
        next = next.With(
            next.Seated(first.Name, new GameSeat(game, Player.First, second.Name), now),
            next.Seated(second.Name, new GameSeat(game, Player.Second, first.Name), now));
        return Accept(
            next,
            new LobbyEvent.InvitationEnded(invitation, InvitationEnd.Accepted, game),
            new LobbyEvent.SeatsTaken(game, first, second, invitation.Terms, invitation.Terms.Stakes(Users[first.Name].Kind, Users[second.Name].Kind)));
    }

    /// <summary>Ends an invitation that nobody answered in time; one that has ended already, or still runs, is left alone: accepted without events.</summary>
    public Decision Expire(Invitation invitation, DateTimeOffset now)
    {
        if (Find(invitation.From)?.Invitation != invitation || invitation.ExpiresAt > now) return Accept(this);

        return End(invitation, InvitationEnd.Expired);
    }

    private Decision Invite(UserName by, UserName opponent, Invitation invitation, GameId crossed, DateTimeOffset now)
    {
        if (by == opponent) return Refuse(Refusal.CannotChallengeYourself);
        if (Find(by) is not { } challenger || Find(opponent) is not { IsHere: true } challenged) return Refuse(Refusal.UnknownUser);
        if (Pending(from: opponent, to: by) is { } theirs && theirs.ExpiresAt > now) return Accept(by, opponent, crossed, now);
        if (challenger.Invitation is not null) return Refuse(Refusal.YouAreBusy);
        if (challenger.Games.Length >= Rules.MaxGames) return Refuse(Refusal.TooManyGames);
        if (!IsFree(challenged)) return Refuse(Refusal.OpponentIsBusy);

        // The names as their users write them, whatever case the challenger typed.
        var pending = invitation with { From = challenger.Name, To = challenged.Name };
        return Accept(
            With(challenger with { Invitation = pending }, challenged with { Invitation = pending }),
            new LobbyEvent.Challenged(pending));
    }

    private bool IsFree(User user) => user.State switch
    {
        UserState.Available => true,
        UserState.Playing => user.OpenToMore && user.Games.Length < Rules.MaxGames,
        UserState.InvitationSent or UserState.InvitationReceived => false,
    };

    private Invitation? Pending(UserName from, UserName to) =>
        Find(to)?.Invitation is { } invitation && invitation.From == from && invitation.To == to ? invitation : null;

    private Decision.Accepted End(Invitation invitation, InvitationEnd how) =>
        Accept(Release(invitation), new LobbyEvent.InvitationEnded(invitation, how, null));

    /// <summary>Both ends without the invitation; an end that has left is left alone.</summary>
    private Lobby Release(Invitation invitation)
    {
        var next = this;
        foreach (var name in (UserName[])[invitation.From, invitation.To])
            if (next.Find(name) is { } user) next = next.With(user with { Invitation = null });
        return next;
    }

    // Who is away when their first game begins gets the time of a player to come back, not that of an idle user; who has others already keeps the time they have.
    private User Seated(UserName name, GameSeat seat, DateTimeOffset now)
    {
        var user = Users[name];
        return user with { Games = user.Games.Add(seat), LeavesAt = user.IsHere ? null : user.Games.IsEmpty ? now + Rules.Grace : user.LeavesAt };
    }
}
