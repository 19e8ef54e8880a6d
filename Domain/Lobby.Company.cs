using System.Collections.Immutable;
using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Whom a user wants to hear from, and what they say in a game.</summary>
public sealed partial record Lobby
{
    /// <summary>Says who may challenge the user.</summary>
    public Decision Allow(UserName by, ChallengePolicy challenges)
    {
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);

        return Prefer(user with { Challenges = challenges });
    }

    /// <summary>Blocks somebody: a pending challenge of theirs is declined, later ones look to them as if they were. Again: accepted without events.</summary>
    public Decision Block(UserName by, UserName other)
    {
        if (by == other) return Refuse(Refusal.CannotBlockYourself);
        if (Find(by) is not { } user || Find(other) is not { } blocked) return Refuse(Refusal.UnknownUser);
        if (user.Blocks(blocked)) return Accept(this);
        if (user.Blocked.Length >= Rules.MaxBlocked) return Refuse(Refusal.TooManyBlocked);

        var next = Prefer(user with { Blocked = user.Blocked.Add(new Block(blocked.Credential, blocked.Name)) });
        if (Pending(from: other, to: by) is not { } invitation) return next;

        var declined = next.Next.End(invitation, InvitationEnd.Declined);
        return declined with { Events = [.. next.Events, .. declined.Events] };
    }

    /// <summary>Unblocks whoever was blocked under that name. Nobody: accepted without events.</summary>
    public Decision Unblock(UserName by, UserName name)
    {
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);
        if (user.Blocked.All(block => block.Name != name)) return Accept(this);

        return Prefer(user with { Blocked = user.Blocked.RemoveAll(block => block.Name == name) });
    }

    /// <summary>Says something in a game, running or over. Not too often; and who blocks the speaker does not hear it.</summary>
    public Decision React(UserName by, Game game, Reaction reaction, DateTimeOffset now)
    {
        if (game.SideOf(by) is not { } side) return Refuse(Refusal.NotAPlayer);
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);
        if (now < user.ReactedAt + Rules.ReactionPause) return Refuse(Refusal.TooSoon);

        var opponent = Find(game[side.Opponent].Name);
        ImmutableArray<UserName> players = opponent is null || opponent.Blocks(user) ? [user.Name] : [user.Name, opponent.Name];
        return Accept(With(user with { ReactedAt = now }), new LobbyEvent.Reacted(game.Id, side, reaction, players));
    }

    private Decision.Accepted Prefer(User user) => Accept(With(user), new LobbyEvent.Preferred(user));
}
