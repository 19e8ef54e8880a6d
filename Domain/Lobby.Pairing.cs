using System.Collections.Immutable;
using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>Quick pairing: whoever waits longest for the same kind of game is the opponent.</summary>
public sealed partial record Lobby
{
    /// <summary>Pairs a user with whoever of those waiting waits longest, or lets them wait. Who seeks already keeps their place, and waits for what they named last.</summary>
    /// <param name="controls">1 to <see cref="Domain.Seek.MostControls"/> time controls.</param>
    /// <param name="waiting">Who is known to wait.</param>
    /// <param name="game">The id of the game to start.</param>
    public Decision Seek(UserName by, ImmutableArray<TimeControl?> controls, Balance balance, ImmutableArray<UserName> waiting, GameId game, DateTimeOffset now)
    {
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);
        if (user.Invitation is not null) return Refuse(Refusal.YouAreBusy);
        if (user.Games.Length >= Rules.MaxGames) return Refuse(Refusal.TooManyGames);

        var seeker = user with { Seek = new Seek(controls, balance, user.Seek?.Since ?? now) };
        return With(seeker).Pair(by, waiting, game, now) is Decision.Accepted { Events: [_, ..] } paired
            ? paired
            : Accept(With(seeker), new LobbyEvent.SeekStarted(seeker));
    }

    /// <summary>Pairs a user who waits with whoever of the others waits longest; accepted without events if nobody suits.</summary>
    public Decision Pair(UserName by, ImmutableArray<UserName> waiting, GameId game, DateTimeOffset now)
    {
        if (Find(by) is not { Seek: not null } seeker || !CanBePaired(seeker)) return Accept(this);

        var partner = waiting.Select(Find).OfType<User>()
            .Where(other => other.Name != by && CanBePaired(other) && Suit(seeker, other))
            .OrderBy(other => other.Seek!.Since).ThenBy(other => other.Name)
            .FirstOrDefault();
        if (partner is null) return Accept(this);

        var (longer, shorter) = partner.Seek!.Since <= seeker.Seek!.Since ? (partner, seeker) : (seeker, partner);
        var terms = longer.Seek!.Common(shorter.Seek!)!.Value;
        return Seat(longer, shorter, longer.Name, terms, game, now);
    }

    /// <summary>Waits no longer. Who does not wait: accepted without events.</summary>
    public Decision Unseek(UserName by)
    {
        if (Find(by) is not { Seek: not null } user) return Accept(this);

        return Accept(With(user with { Seek = null }), new LobbyEvent.SeekEnded(user, null));
    }

    private bool CanBePaired(User user) => user is { Seek: not null, Invitation: null, IsHere: true } && user.Games.Length < Rules.MaxGames;

    /// <summary>Whether two who both seek want the same kind of game, and each other. Who seeks wants to be found, so "nobody" does not stand in the way of that.</summary>
    public static bool Suit(User one, User other) =>
        one.Seek!.Common(other.Seek!) is not null
        && !one.Blocks(other) && !other.Blocks(one)
        && (one.Challenges != ChallengePolicy.Accounts || other.Kind != UserKind.Guest)
        && (other.Challenges != ChallengePolicy.Accounts || one.Kind != UserKind.Guest);
}
