namespace ConnectFour.Domain;

/// <summary>What happened in a game; a game is the sum of its events (<see cref="Game.Replay"/>). One of the cases nested here, and no other.</summary>
public abstract record GameEvent
{
    // Not a positional record: its constructor would be protected, and the hierarchy open.
    private GameEvent(DateTimeOffset at) => At = at;

    /// <summary>The server's time, in whole milliseconds: a journal keeps no more of it.</summary>
    public DateTimeOffset At { get; init; }

    /// <param name="Control">The clocks, or null for a game without.</param>
    public sealed record Started(GameId Game, Seat First, Seat Second, TimeControl? Control, DateTimeOffset At) : GameEvent(At);

    public sealed record DiscDropped(Player By, Column Column, DateTimeOffset At) : GameEvent(At);

    /// <summary>The server came back after it had been away: the running clock goes on with this, and the outage is held against nobody.</summary>
    /// <param name="Remaining">What is left to the player to move.</param>
    public sealed record Resumed(TimeSpan Remaining, DateTimeOffset At) : GameEvent(At);

    public sealed record Ended(Outcome Outcome, DateTimeOffset At) : GameEvent(At);
}
