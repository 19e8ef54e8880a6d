namespace ConnectFour.Infrastructure.Storage;

/// <summary>A game as it was last committed, and the numbers of its rows.</summary>
/// <param name="StartedAt">Milliseconds since 1970.</param>
internal sealed record RunningGame(long Number, long First, long Second, Game Game, long StartedAt)
{
    /// <exception cref="ArgumentException">The rows make no game.</exception>
    public static RunningGame Of(StoredGame stored) => new(stored.Start.Number, stored.Start.First, stored.Start.Second, stored.Game(), stored.Start.StartedAt);

    /// <summary>The same game as it has become elsewhere.</summary>
    public RunningGame At(Game game) => game.IsSwapped == Game.IsSwapped ? this with { Game = game } : this with { Game = game, First = Second, Second = First };
}
