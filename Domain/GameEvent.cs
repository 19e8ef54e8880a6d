namespace ConnectFour.Domain;

/// <summary>What happened in a game; a game is the sum of its events (<see cref="Game.Replay"/>). One of the cases nested here, and no other.</summary>
public abstract record GameEvent
{
    // Not a positional record: its constructor would be protected, and the hierarchy open.
    private GameEvent(DateTimeOffset at) => At = at;

    /// <summary>The server's time, in whole milliseconds: a journal keeps no more of it.</summary>
    public DateTimeOffset At { get; init; }

    public sealed record Started(GameId Game, Seat First, Seat Second, Terms Terms, DateTimeOffset At, Stakes Stakes = Stakes.Casual) : GameEvent(At)
    {
        /// <summary>The clocks, or null for a game without.</summary>
        public TimeControl? Control => Terms.Control;
    }

    public sealed record DiscDropped(Player By, Column Column, DateTimeOffset At) : GameEvent(At);

    /// <summary>The second player took the first disc over: the two exchanged sides, and the one who had dropped it moves again.</summary>
    public sealed record Swapped(DateTimeOffset At) : GameEvent(At);

    /// <summary>The server came back after it had been away: the running clock goes on with this, and the outage is held against nobody.</summary>
    /// <param name="Remaining">What is left to the player to move.</param>
    public sealed record Resumed(TimeSpan Remaining, DateTimeOffset At) : GameEvent(At);

    public sealed record Ended(Outcome Outcome, DateTimeOffset At) : GameEvent(At);
}
