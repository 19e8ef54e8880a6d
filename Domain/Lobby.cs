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

        return Prefer(user with { OpenToMore = more });
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

        return Accept(With([.. seated.Select(user => Without(user, game, outcome, user.Name == first.Name ? Player.First : Player.Second))]), new LobbyEvent.SeatsLeft(game));
    }

    /// <summary>Gives both players of a running game the seats that were forgotten. None was: accepted without events.</summary>
    public Decision Reseat(Game game, DateTimeOffset now)
    {
        var standing = Enum.GetValues<Player>()
            .Select(side => (User: Find(game[side].Name), Seat: new GameSeat(game.Id, side, game[side.Opponent].Name)))
            .Where(place => place.User is { } user && SeatIn(game.Id, user) is null)
            .ToArray();
        if (standing.Length == 0) return Accept(this);

        User[] seated = [.. standing.Select(place => Seated(place.User!, place.Seat, now))];
        return Accept(With(seated), new LobbyEvent.Reseated(game.Id, game.Version, After(game.First.Name), After(game.Second.Name)));

        User? After(UserName name) => seated.FirstOrDefault(user => user.Name == name) ?? Find(name);
    }

    /// <summary>Both players of a game sit on the sides that the game says. Already so: accepted without events.</summary>
    public Decision ChangeSides(Game game)
    {
        if (Find(game.First.Name) is not { } first || Find(game.Second.Name) is not { } second) return Accept(this);
        var (before, after) = (SeatIn(game.Id, first), SeatIn(game.Id, second));
        if (before is null || after is null || before.Side == Player.First) return Accept(this);

        first = first with { Games = first.Games.Replace(before, before with { Side = Player.First }) };
        second = second with { Games = second.Games.Replace(after, after with { Side = Player.Second }) };
        return Accept(With(first, second), new LobbyEvent.SidesChanged(first, second));
    }

    /// <summary>Whether the opponent in a game has been away for so long that the win can be claimed. Accepted without events: the game is the journal's to end.</summary>
    public Decision Claim(UserName by, Game game, DateTimeOffset now)
    {
        if (game.SideOf(by) is not { } side) return Refuse(Refusal.NotAPlayer);
        if (game.Outcome is not null) return Refuse(Refusal.GameIsOver);
        if (Find(game[side.Opponent].Name) is { } opponent && !(opponent.ClaimableAt <= now)) return Refuse(Refusal.OpponentMayReturn);

        return Accept(this);
    }

    private static GameSeat? SeatIn(GameId game, User user) => user.Games.FirstOrDefault(seat => seat.Game == game);

    private static User Without(User user, GameId game, Outcome? outcome, Player side) => user with
    {
        Games = user.Games.Remove(SeatIn(game, user)!),
        Tally = outcome is null ? user.Tally : user.Tally.With(outcome, side),
        LeavesAt = user.Games.Length == 1 ? user.ClaimableAt : user.LeavesAt, // Nobody waits for them any more.
    };

    private Lobby With(params ReadOnlySpan<User> users)
    {
        var next = Users;
        foreach (var user in users) next = next.SetItem(user.Name, user);
        return this with { Users = next };
    }

    private static Decision.Accepted Accept(Lobby next, params ReadOnlySpan<LobbyEvent> events) => new(next, [.. events]);

    private static Decision.Refused Refuse(Refusal why) => new(why);
}
