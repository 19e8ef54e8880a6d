using System.Diagnostics;
using ConnectFour.Infrastructure.Storage.Schema;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>
/// Between events and rows. A disc's value is its column, a resumption's the milliseconds left to the player to move, an end's twice the reason plus the player whom it names
/// (0 or 1). A swap has no value. Who dropped a disc, and which cells made the line, follows from the moves before.
/// </summary>
internal static class EventCodec
{
    /// <summary>A year in milliseconds: no clock has more, and a deadline that far away is still in the calendar.</summary>
    private const long Longest = 365L * 24 * 3_600_000;

    public static (StoredEvent Kind, long Value) Encode(GameEvent happened) => happened switch
    {
        GameEvent.DiscDropped drop => (StoredEvent.DiscDropped, drop.Column.Number),
        GameEvent.Swapped => (StoredEvent.Swapped, 0),
        GameEvent.Resumed resumed => (StoredEvent.Resumed, Milliseconds(resumed.Remaining)),
        GameEvent.Ended { Outcome: var outcome } => (StoredEvent.Ended, (2 * (int)Reason(outcome)) + (int)(outcome.Subject ?? Player.First)),
        _ => throw new UnreachableException(),
    };

    /// <exception cref="ArgumentException">The row cannot come after these moves.</exception>
    public static GameEvent Decode(long kind, long value, DateTimeOffset at, Notation moves) => (kind, value) switch
    {
        ((long)StoredEvent.DiscDropped, >= 1 and <= Column.Count) => new GameEvent.DiscDropped(moves.Board.ToMove, Column.From((int)value), at),
        ((long)StoredEvent.Resumed, >= 0 and <= Longest) => new GameEvent.Resumed(TimeSpan.FromMilliseconds(value), at),
        ((long)StoredEvent.Swapped, 0) => new GameEvent.Swapped(at),
        ((long)StoredEvent.Ended, >= 0) => new GameEvent.Ended(Outcome(value / 2, (Player)(value % 2), moves), at),
        _ => throw new ArgumentException($"There is no event of kind {kind} and value {value}."),
    };

    public static StoredReason Reason(Outcome outcome) => outcome switch
    {
        Domain.Outcome.FourInLine => StoredReason.FourInLine,
        Domain.Outcome.FullBoard => StoredReason.FullBoard,
        Domain.Outcome.Forfeit => StoredReason.Forfeit,
        Domain.Outcome.Flag => StoredReason.Flag,
        Domain.Outcome.Absence => StoredReason.Absence,
        _ => throw new UnreachableException(),
    };

    /// <exception cref="ArgumentException">The time is not in whole milliseconds, and would not be what is read back.</exception>
    public static long Milliseconds(DateTimeOffset at) => at.Ticks % TimeSpan.TicksPerMillisecond == 0
        ? at.ToUnixTimeMilliseconds()
        : throw new ArgumentException($"{at:O} is not in whole milliseconds.", nameof(at));

    public static long Milliseconds(TimeSpan span) => span.Ticks % TimeSpan.TicksPerMillisecond == 0
        ? span.Ticks / TimeSpan.TicksPerMillisecond
        : throw new ArgumentException($"{span} is not in whole milliseconds.", nameof(span));

    private static Outcome Outcome(long reason, Player player, Notation moves) => reason switch
    {
        (long)StoredReason.FourInLine when moves.Board.Winner == player => new Outcome.FourInLine(player, moves.Board.WinningCells),
        (long)StoredReason.FullBoard when moves.Board is { IsFull: true, Winner: null } => new Outcome.FullBoard(),
        (long)StoredReason.Forfeit when !moves.IsFinished => new Outcome.Forfeit(player),
        (long)StoredReason.Flag when !moves.IsFinished => new Outcome.Flag(player),
        (long)StoredReason.Absence when !moves.IsFinished => new Outcome.Absence(player),
        _ => throw new ArgumentException($"After {moves.Plies} plies a game does not end for reason {reason}."),
    };
}
