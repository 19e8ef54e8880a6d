using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>
/// The hard state: every game as its events. What <see cref="Append"/> has committed is never lost and never changes.
/// An implementation publishes after the commit, each game's events in the order of their versions.
/// </summary>
public interface IGameJournal
{
    /// <summary>The game at its latest version, or null.</summary>
    ValueTask<Game?> Find(GameId id);

    /// <summary>The events of a game in order, empty for an unknown one.</summary>
    ValueTask<ImmutableArray<GameEvent>> Read(GameId id);

    /// <summary>
    /// Appends events if nobody has appended to the game since it was read; all of them, or none. A new game is appended with its <see cref="GameEvent.Started"/>.
    /// </summary>
    /// <param name="next">The game after the events; its version less their number is the version that it was read at.</param>
    /// <param name="events">One or more.</param>
    ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events);

    /// <summary>Running games in which a clock has reached zero.</summary>
    ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now);
}

public enum AppendResult
{
    Committed,

    /// <summary>The game is not at that version (any more). Nothing was appended: read again, decide again.</summary>
    Conflict,
}
