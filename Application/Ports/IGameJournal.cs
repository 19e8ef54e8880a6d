using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>
/// The hard state: every game as its events. What is <see cref="AppendResult.Committed"/> is never lost and never changes.
/// An implementation publishes after the commit and before it answers, each game's events in the order of their versions.
/// </summary>
public interface IGameJournal
{
    /// <summary>The game at its latest version, or null.</summary>
    /// <exception cref="StoreAwayException">It cannot be asked.</exception>
    ValueTask<Game?> Find(GameId id);

    /// <summary>
    /// The game as it is remembered here, or else as it is found; null if there is none. Where others write to the journal as well, it may have gone on: whoever appends to it finds that out, and whoever
    /// would do nothing because of it has to find it first.
    /// </summary>
    /// <exception cref="StoreAwayException">It is not remembered, and cannot be asked for.</exception>
    ValueTask<Game?> Recall(GameId id);

    /// <summary>The events of a game in order, empty for an unknown one.</summary>
    ValueTask<ImmutableArray<GameEvent>> Read(GameId id);

    /// <summary>Begins a game, unless there is one of that id. It may begin later than it was to: when it is stored, if that takes long.</summary>
    /// <param name="first">Who plays the first seat: remembered with their credential, so that they can come back after a restart.</param>
    /// <param name="second">The same for the second seat.</param>
    ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second);

    /// <summary>
    /// Appends events if nobody has appended to the game since it was read; all of them, or none. With the last event of a game its result enters both players' records.
    /// </summary>
    /// <param name="next">The game after the events; its version less their number is the version that it was read at.</param>
    /// <param name="events">One or more, their times in whole milliseconds.</param>
    ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events);

    /// <summary>Running games in which a clock has reached zero.</summary>
    ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now);

    /// <summary>All running games, oldest first, and who plays them: what a server finds as it comes back.</summary>
    ValueTask<RunningGames> Running();
}

/// <param name="Left">When the last server to write this journal was still there; null if there was none, or it is not known.</param>
/// <param name="Players">Everybody with a seat, with all their seats.</param>
public sealed record RunningGames(DateTimeOffset? Left, ImmutableArray<Game> Games, ImmutableArray<User> Players)
{
    /// <summary>Whether the games are played on by servers that are there, or have been taken up already: no clock is to be given anything.</summary>
    public bool IsLive { get; init; }
}

public enum AppendResult
{
    Committed,

    /// <summary>The game is not at that version (any more). Nothing was appended: read again, decide again.</summary>
    Conflict,

    /// <summary>It takes long. Whether it will be committed is not known: the same again finds out.</summary>
    Pending,

    /// <summary>Too much is waiting. Nothing was appended.</summary>
    Overloaded,

    /// <summary>Nothing can be stored at the moment. Nothing was appended.</summary>
    Unavailable,
}
