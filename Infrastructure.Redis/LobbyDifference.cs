using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>What must have happened between two views of the lobby: a node that missed it tells its own people that, instead of what it did not hear.</summary>
internal static class LobbyDifference
{
    /// <param name="now">Tells what ended by itself.</param>
    public static ImmutableArray<LobbyEvent> Between(Lobby before, Lobby after, DateTimeOffset now)
    {
        var names = before.Users.Keys.Union(after.Users.Keys).Where(name => !ReferenceEquals(before.Find(name), after.Find(name))).Order().ToArray();
        return
        [
            .. names.SelectMany(name => Invitations(before.Find(name))).Except(names.SelectMany(name => Invitations(after.Find(name)))).Select(ended => Ended(ended, before, after, now)),
            .. names.SelectMany(name => Presence(before.Find(name), after.Find(name))),
            .. names.SelectMany(name => Wishes(before.Find(name), after.Find(name), now)),
            .. names.SelectMany(name => Games(before.Find(name))).Except(names.SelectMany(name => Games(after.Find(name)))).Select(game => new LobbyEvent.SeatsLeft(game)),
            .. names.SelectMany(name => Invitations(after.Find(name))).Except(names.SelectMany(name => Invitations(before.Find(name)))).Select(pending => new LobbyEvent.Challenged(pending)),
        ];
    }

    /// <summary>Games in which somebody has a seat who had none.</summary>
    public static IEnumerable<GameId> Seated(Lobby before, Lobby after) => after.Users.Values.SelectMany(user => Games(user).Except(Games(before.Find(user.Name)))).Distinct().OrderBy(game => game.Value, StringComparer.Ordinal);

    private static IEnumerable<Invitation> Invitations(User? user) => user?.Invitation is { } invitation ? [invitation] : [];

    private static IEnumerable<GameId> Games(User? user) => user?.Games.Select(seat => seat.Game) ?? [];

    private static LobbyEvent.InvitationEnded Ended(Invitation invitation, Lobby before, Lobby after, DateTimeOffset now)
    {
        if (after.Find(invitation.From) is not { } from || after.Find(invitation.To) is null) return new(invitation, InvitationEnd.Gone, null);

        var known = Games(before.Find(invitation.From)).ToHashSet();
        if (from.Games.FirstOrDefault(seat => seat.Opponent == invitation.To && !known.Contains(seat.Game)) is { } agreed) return new(invitation, InvitationEnd.Accepted, agreed.Game);
        return new(invitation, invitation.ExpiresAt <= now ? InvitationEnd.Expired : InvitationEnd.Withdrawn, null);
    }

    private static IEnumerable<LobbyEvent> Presence(User? before, User? after)
    {
        if (before is not null && after is null) yield return new LobbyEvent.Left(before);
        if (before is not { IsHere: false } && after is { IsHere: false }) yield return new LobbyEvent.WentAway(after);
        if (before is { IsHere: false } && after is { IsHere: true }) yield return new LobbyEvent.Connected(after, after.Connections[^1], WasAway: true);
    }

    private static IEnumerable<LobbyEvent> Wishes(User? before, User? after, DateTimeOffset now)
    {
        var begun = after?.Games.FirstOrDefault(seat => before?.Games.Contains(seat) == false)?.Game;
        if (before?.Seek is not null && after?.Seek is null) yield return new LobbyEvent.SeekEnded(before, begun);
        if (after?.Seek is not null && after.Seek != before?.Seek) yield return new LobbyEvent.SeekStarted(after);
        if (before?.Link is { } old && old != after?.Link)
            yield return new LobbyEvent.LinkEnded(before, old, old.ExpiresAt <= now ? LinkEnd.Expired : begun is null ? LinkEnd.Withdrawn : LinkEnd.Taken, begun);
        if (after?.Link is { } link && link != before?.Link) yield return new LobbyEvent.LinkMade(after, link);
        if (before is not null && after is not null && Chosen(before) != Chosen(after)) yield return new LobbyEvent.Preferred(after);
    }

    private static (bool, ChallengePolicy, string) Chosen(User user) => (user.OpenToMore, user.Challenges, string.Join(' ', user.Blocked.Select(block => block.Name)));
}
