using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>A game as it was last committed, and the numbers of its rows.</summary>
/// <param name="StartedAt">Milliseconds since 1970.</param>
internal sealed record RunningGame(long Number, long First, long Second, Game Game, long StartedAt)
{
    /// <exception cref="ArgumentException">The rows make no game.</exception>
    public static RunningGame Of(StoredGame stored)
    {
        var game = stored.Game();
        _ = game.Clock?.FallsAt; // Beyond the calendar, it would be in everybody's way when flags are looked for.
        return new(stored.Start.Number, stored.Start.First, stored.Start.Second, game, stored.Start.StartedAt);
    }

    /// <summary>The same game as it has become elsewhere.</summary>
    public RunningGame At(Game game) => game.IsSwapped == Game.IsSwapped ? this with { Game = game } : this with { Game = game, First = Second, Second = First };

    /// <summary>Several games, oldest first, and who plays them.</summary>
    /// <param name="players">Gives the users wanted, by the numbers of their rows.</param>
    /// <param name="left">When the last server to write the journal was still there, or null.</param>
    public static async Task<RunningGames> All(IReadOnlyCollection<RunningGame> games, Func<Func<long, bool>, Task<IReadOnlyList<(long Number, User User)>>> players, DateTimeOffset? left)
    {
        var seats = games
            .SelectMany(running => (Player[])[Player.First, Player.Second], (running, side) => (User: side == Player.First ? running.First : running.Second, running.Game, Side: side))
            .ToLookup(seat => seat.User, seat => new GameSeat(seat.Game.Id, seat.Side, seat.Game[seat.Side.Opponent].Name));
        return new(left, [.. games.Select(running => running.Game)], [.. (await players(seats.Contains)).Select(player => player.User with { Games = [.. seats[player.Number]] })]);
    }
}
