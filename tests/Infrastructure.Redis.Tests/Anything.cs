using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Generators of users and of what happens to them, whether or not the rules would let it come to that.</summary>
public static class Anything
{
    public static Arbitrary<User> Users() => Arb.From(User());

    public static Arbitrary<LobbyEvent> Events() => Arb.From(Gen.OneOf<LobbyEvent>(
        from user in User() from away in Gen.Elements(true, false) select (LobbyEvent)new LobbyEvent.Connected(user, new ConnectionId("n~1"), away),
        User().Select(user => (LobbyEvent)new LobbyEvent.WentAway(user)),
        User().Select(user => (LobbyEvent)new LobbyEvent.Left(user)),
        Name().Select(name => (LobbyEvent)new LobbyEvent.LoggedOut(name)),
        User().Select(user => (LobbyEvent)new LobbyEvent.Preferred(user)),
        User().Select(user => (LobbyEvent)new LobbyEvent.SeekStarted(user)),
        from user in User() from game in Maybe(Game()) select (LobbyEvent)new LobbyEvent.SeekEnded(user, game),
        from user in User() from link in Link() select (LobbyEvent)new LobbyEvent.LinkMade(user, link),
        from user in User() from link in Link() from how in Member<LinkEnd>() from game in Maybe(Game()) select (LobbyEvent)new LobbyEvent.LinkEnded(user, link, how, game),
        from game in Game() from side in Member<Player>() from reaction in Member<Reaction>() from players in Several(Name()) select (LobbyEvent)new LobbyEvent.Reacted(game, side, reaction, players),
        Invitation().Select(invitation => (LobbyEvent)new LobbyEvent.TurnedAway(invitation)),
        Invitation().Select(invitation => (LobbyEvent)new LobbyEvent.Challenged(invitation)),
        from invitation in Invitation() from how in Member<InvitationEnd>() from game in Maybe(Game()) select (LobbyEvent)new LobbyEvent.InvitationEnded(invitation, how, game),
        from game in Game() from first in Seat() from second in Seat() from terms in Terms() from stakes in Member<Stakes>() select (LobbyEvent)new LobbyEvent.SeatsTaken(game, first, second, terms, stakes),
        from game in Game() from version in Gen.Choose(1, 50) from first in Maybe(User()) from second in Maybe(User()) select (LobbyEvent)new LobbyEvent.Reseated(game, version, first, second),
        from first in User() from second in User() select (LobbyEvent)new LobbyEvent.SidesChanged(first, second),
        Game().Select(game => (LobbyEvent)new LobbyEvent.SeatsLeft(game))));

    private static Gen<User> User() =>
        from name in Name()
        from kind in Member<UserKind>()
        from since in Time()
        from connections in Several(Gen.Choose(0, 99).Select(number => new ConnectionId($"node~{number}")))
        from invitation in Maybe(Invitation())
        from seek in Maybe(from controls in Several(Maybe(Control())) from balance in Member<Balance>() from at in Time() select new Seek(controls, balance, at))
        from link in Maybe(Link())
        from games in Several(from game in Game() from side in Member<Player>() from opponent in Name() select new GameSeat(game, side, opponent))
        from open in Gen.Elements(true, false)
        from challenges in Member<ChallengePolicy>()
        from blocked in Several(from who in Name() select new Block(new Credential($"account:{who}"), who))
        from reacted in Gen.OneOf(Gen.Constant(default(DateTimeOffset)), Time())
        from colour in Gen.OneOf(Gen.Constant((DiscColour?)null), Member<DiscColour>().Select(colour => (DiscColour?)colour))
        from wins in Gen.Choose(0, 3)
        from rating in Maybe(from value in Gen.Choose(0, 3_000_000) from at in Time() select new Rating(value / 1007.0, 350 / 3.0, 0.06, at))
        from claimable in Gen.OneOf(Gen.Constant((DateTimeOffset?)null), Time().Select(time => (DateTimeOffset?)time))
        from leaves in Gen.OneOf(Gen.Constant((DateTimeOffset?)null), Time().Select(time => (DateTimeOffset?)time))
        select new User(name, kind, new Credential($"digest of {name}"), since)
        {
            Connections = connections, Invitation = invitation, Seek = seek, Link = link, Games = games, OpenToMore = open, Challenges = challenges, Blocked = blocked,
            ReactedAt = reacted, Colour = colour, Tally = new(wins, 2 * wins, 0), Rating = rating, ClaimableAt = claimable, LeavesAt = leaves,
        };

    private static Gen<UserName> Name() => Gen.Elements("Ann", "bob", "Cy-9", "Dora_the_2nd", "eve").Select(UserName.From);

    private static Gen<GameId> Game() => Gen.Choose(0, 999).Select(number => new GameId($"game{number}"));

    private static Gen<Seat> Seat() => from name in Name() from colour in Member<DiscColour>() select new Seat(name, colour);

    private static Gen<TimeControl> Control() => from initial in Gen.Choose(5, 10_800) from increment in Gen.Choose(0, 180) select TimeControl.From(initial, increment);

    private static Gen<Terms> Terms() =>
        from control in Maybe(Control())
        from balance in Member<Balance>()
        from opening in Gen.Elements("", "44", "4455")
        select new Terms(control, balance) { Opening = Notation.From(opening) };

    private static Gen<Link> Link() => from terms in Terms() from at in Time() select new Link("key", terms, at);

    private static Gen<Invitation> Invitation() =>
        from one in Name()
        from two in Name()
        from terms in Terms()
        from at in Time()
        from rematch in Maybe(Game())
        from stakes in Member<Stakes>()
        select new Invitation(one, two, terms, at, two, rematch) { Stakes = stakes };

    private static Gen<DateTimeOffset> Time() => Gen.Choose(0, int.MaxValue - 1).Select(milliseconds => DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds * 997L));

    private static Gen<T> Member<T>() where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    private static Gen<T?> Maybe<T>(Gen<T> some) where T : class => Gen.OneOf(Gen.Constant((T?)null), some.Select(value => (T?)value));

    private static Gen<ImmutableArray<T>> Several<T>(Gen<T> one) => one.ListOf().Select(all => (ImmutableArray<T>)[.. all.Take(3)]);
}
