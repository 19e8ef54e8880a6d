using System.Collections.Immutable;
using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain;

/// <summary>
/// Users and what stands between them. An immutable value: it may hold everybody, or only those users whom one transition concerns.
/// Every relation has two ends, and both change in one step, here.
/// </summary>
/// <param name="Users">Everybody, by name: those who are here and those who are away.</param>
public sealed partial record Lobby(LobbyRules Rules, ImmutableDictionary<UserName, User> Users)
{
    public static Lobby Empty(LobbyRules rules) => new(rules, ImmutableDictionary<UserName, User>.Empty);

    /// <summary>The user of that name, here or away, or null.</summary>
    public User? Find(UserName name) => Users.GetValueOrDefault(name);

    /// <summary>Whether the user may be challenged while they play.</summary>
    public Decision SetOpen(UserName by, bool more)
    {
        if (Find(by) is not { } user) return Refuse(Refusal.UnknownUser);

        return Accept(With(user with { OpenToMore = more }));
    }

    /// <summary>Takes both players off a game that has ended and enters the result in their records. Again: accepted without events.</summary>
    /// <param name="outcome">How it ended, or null if it never came to be.</param>
    public Decision LeaveSeats(GameId game, Seat first, Seat second, Outcome? outcome)
    {
        var seated = new[] { first, second }
            .Select(seat => Find(seat.Name))
            .OfType<User>()
            .Where(user => user.Games.Any(seat => seat.Game == game))
            .ToArray();
        if (seated.Length == 0) return Accept(this);

        return Accept(With([.. seated.Select(user => Without(user, game, outcome))]), new LobbyEvent.SeatsLeft(game));
    }

    private static User Without(User user, GameId game, Outcome? outcome)
    {
        var seat = user.Games.Single(seat => seat.Game == game);
        return user with
        {
            Games = user.Games.Remove(seat),
            Tally = outcome is null ? user.Tally : user.Tally.With(outcome, seat.Side),
        };
    }

    private Lobby With(params ReadOnlySpan<User> users)
    {
        var next = Users;
        foreach (var user in users) next = next.SetItem(user.Name, user);
        return this with { Users = next };
    }

    private static Decision.Accepted Accept(Lobby next, params ReadOnlySpan<LobbyEvent> events) => new(next, [.. events]);

    private static Decision.Refused Refuse(Refusal why) => new(why);
}
