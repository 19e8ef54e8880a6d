using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Invitations by link: at most one for each user.</summary>
public sealed partial record Lobby
{
    /// <summary>Links that nobody came by in time.</summary>
    public IEnumerable<User> WithDeadLinks(DateTimeOffset now) => Users.Values.Where(user => user.Link?.ExpiresAt <= now);

    /// <summary>Offers a seat to whoever comes by the link; an older link of theirs is withdrawn.</summary>
    public Decision Offer(UserName by, string key, Terms terms, DateTimeOffset now)
    {
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);

        var host = user with { Link = new Link(key, terms, now + Rules.LinkLifetime) };
        return user.Link is { } old
            ? Accept(With(host), new LobbyEvent.LinkEnded(host, old, LinkEnd.Withdrawn, null), new LobbyEvent.LinkMade(host, host.Link))
            : Accept(With(host), new LobbyEvent.LinkMade(host, host.Link));
    }

    /// <summary>Takes the offer back.</summary>
    public Decision WithdrawLink(UserName by)
    {
        if (Find(by) is not { Link: { } link } host) return Refuse(Refusal.NoSuchInvitation);

        return End(host, link, LinkEnd.Withdrawn);
    }

    /// <summary>Comes by a link: both take their seats, unless somebody else was faster. Who comes starts.</summary>
    public Decision Join(UserName by, UserName host, string key, GameId game, DateTimeOffset now)
    {
        if (by == host) return Refuse(Refusal.CannotChallengeYourself);
        if (Find(by) is not { } guest) return Refuse(Refusal.UnknownUser);
        if (Find(host) is not { Link: { } link } inviting || link.Key != key || link.ExpiresAt <= now || inviting.Blocks(guest)) return Refuse(Refusal.NoSuchInvitation);
        if (!inviting.IsHere) return Refuse(Refusal.UnknownUser);
        if (guest.Invitation is not null) return Refuse(Refusal.YouAreBusy);
        if (guest.Games.Length >= Rules.MaxGames) return Refuse(Refusal.TooManyGames);
        if (inviting.Games.Length >= Rules.MaxGames) return Refuse(Refusal.OpponentIsBusy);

        var taken = (Decision.Accepted)With(inviting with { Link = null }).Seat(guest, inviting with { Link = null }, guest.Name, link.Terms, game, now);
        return taken with { Events = taken.Events.Insert(0, new LobbyEvent.LinkEnded(inviting, link, LinkEnd.Taken, game)) };
    }

    /// <summary>Ends a link that nobody came by in time; otherwise: accepted without events.</summary>
    public Decision ExpireLink(UserName of, DateTimeOffset now)
    {
        if (Find(of) is not { Link: { } link } host || link.ExpiresAt > now) return Accept(this);

        return End(host, link, LinkEnd.Expired);
    }

    private Decision.Accepted End(User host, Link link, LinkEnd how) => Accept(With(host with { Link = null }), new LobbyEvent.LinkEnded(host, link, how, null));
}
