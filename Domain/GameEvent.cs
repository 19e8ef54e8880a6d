namespace ConnectFour.Domain;

/// <summary>What happened in a game; a game is the sum of its events (<see cref="Game.Replay"/>). One of the cases nested here, and no other.</summary>
/// <param name="At">The server's time.</param>
public abstract record GameEvent(DateTimeOffset At)
{
    private GameEvent() : this(default(DateTimeOffset)) { }

    /// <param name="Control">The clocks, or null for a game without.</param>
    public sealed record Started(GameId Game, Seat First, Seat Second, TimeControl? Control, DateTimeOffset At) : GameEvent(At);

    public sealed record DiscDropped(Player By, Column Column, DateTimeOffset At) : GameEvent(At);

    public sealed record Ended(Outcome Outcome, DateTimeOffset At) : GameEvent(At);
}
