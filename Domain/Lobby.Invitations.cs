using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Who challenged whom, and what became of it.</summary>
public sealed partial record Lobby
{
    /// <summary>Invitations that nobody answered in time, the oldest first.</summary>
    public IEnumerable<Invitation> Expired(DateTimeOffset now) => Users.Values
        .Where(user => user.State == UserState.InvitationSent && user.Invitation!.ExpiresAt <= now)
        .Select(user => user.Invitation!)
        .OrderBy(invitation => invitation.ExpiresAt).ThenBy(invitation => invitation.From);

    /// <summary>
    /// Invites an opponent. If they have invited the challenger already, the two crossed: it counts as accepting theirs, on their terms.
    /// </summary>
    /// <param name="crossed">The id of the game to start in that case.</param>
    public Decision Challenge(UserName by, UserName opponent, Terms terms, GameId crossed, DateTimeOffset now) =>
        Invite(by, opponent, new Invitation(by, opponent, terms, now + Rules.InvitationLifetime, First: opponent, RematchOf: null), crossed, now);

    /// <summary>Invites the opponent of a finished game again, same terms, or the other half of a pair. Whoever was second before starts.</summary>
    /// <param name="crossed">The id of the game to start if the opponent has asked already.</param>
    public Decision Rematch(UserName by, Game finished, GameId crossed, DateTimeOffset now)
    {
        if (finished.SideOf(by) is not { } side) return Refuse(Refusal.NotAPlayer);
        if (finished.Outcome is null) return Refuse(Refusal.GameIsRunning);

        var opponent = finished[side.Opponent].Name;
        var invitation = new Invitation(by, opponent, finished.Terms.Again(), now + Rules.InvitationLifetime, finished.Second.Name, finished.Id);
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

        // Since the challenge, either may have come to another game by a link.
        if (Find(by) is { } challenged && !HasRoom(challenged)) return Refuse(Refusal.TooManyGames);
        if (Find(opponent) is { } challenger && !HasRoom(challenger)) return Refuse(Refusal.OpponentIsBusy);

        var released = Release(invitation);
        var seated = released.Seat(challenged: released.Users[invitation.To], challenger: released.Users[invitation.From], invitation.First, invitation.Terms, game, now);
        return seated with { Events = seated.Events.Insert(0, new LobbyEvent.InvitationEnded(invitation, InvitationEnd.Accepted, game)) };
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
        if (invitation.RematchOf is null && !Admits(challenged, challenger)) return Refuse(Refusal.NotAccepting);
        if (!IsFree(challenged)) return Refuse(Refusal.OpponentIsBusy);

        // The names as their users write them, whatever case the challenger typed.
        var pending = invitation with { From = challenger.Name, To = challenged.Name, Stakes = invitation.Terms.Stakes(challenger.Kind, challenged.Kind) };
        if (challenged.Blocks(challenger)) return Accept(this, new LobbyEvent.TurnedAway(pending));

        return Accept(
            With(challenger with { Invitation = pending }, challenged with { Invitation = pending }),
            new LobbyEvent.Challenged(pending));
    }

    // A bot plays with everybody who wants to.
    private bool IsFree(User user) => user.State switch
    {
        UserState.Available => true,
        UserState.Playing => user.Kind == UserKind.Bot || (user.OpenToMore && user.Games.Length < Rules.MaxGames),
        UserState.InvitationSent or UserState.InvitationReceived => false,
    };

    private bool HasRoom(User user) => user.Kind == UserKind.Bot || user.Games.Length < Rules.MaxGames;

    private static bool Admits(User challenged, User challenger) => challenged.Challenges switch
    {
        ChallengePolicy.Everybody => true,
        ChallengePolicy.Accounts => challenger.Kind != UserKind.Guest,
        ChallengePolicy.Nobody => false,
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

    /// <summary>Two users take the seats of a new game, and neither waits to be paired any longer.</summary>
    private Decision.Accepted Seat(User challenged, User challenger, UserName first, Terms terms, GameId game, DateTimeOffset now)
    {
        var (one, two) = Domain.Seat.Assign(challenged, challenger, first);
        var next = With(
            Seated(challenged, new GameSeat(game, challenged.Name == one.Name ? Player.First : Player.Second, challenger.Name), now),
            Seated(challenger, new GameSeat(game, challenger.Name == one.Name ? Player.First : Player.Second, challenged.Name), now));
        var paired = challenged.Seek is not null && challenger.Seek is not null;
        return Accept(next,
        [
            .. new[] { challenged, challenger }.Where(user => user.Seek is not null).Select(user => new LobbyEvent.SeekEnded(user, paired ? game : null)),
            new LobbyEvent.SeatsTaken(game, one, two, terms.For(game), terms.Stakes(Users[one.Name].Kind, Users[two.Name].Kind)),
        ]);
    }

    // Who is away when their first game begins gets the time of a player to come back, not that of an idle user; who has others already keeps the time they have.
    private User Seated(User user, GameSeat seat, DateTimeOffset now)
    {
        var seated = user with { Seek = null, Games = user.Games.Add(seat) };
        return user.IsHere || !user.Games.IsEmpty ? seated : Away(seated, Rules.Grace, now);
    }
}
