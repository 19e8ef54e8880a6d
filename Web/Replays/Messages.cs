using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web.Accounts;

namespace ConnectFour.Web.Replays;

internal sealed record PlayerAnswer(string Name, string Colour, string Kind)
{
    public static PlayerAnswer Of(HistorySeat seat) => new(seat.Name.Text, Words.Of(seat.Colour), Words.Of(seat.Kind));
}

/// <summary>Seconds.</summary>
internal sealed record ClockAnswer(int Initial, int Increment)
{
    public static ClockAnswer? Of(TimeControl? control) => control is null ? null : new((int)control.Initial.TotalSeconds, (int)control.Increment.TotalSeconds);
}

internal sealed record ListedResult(int? Winner, string Reason);

/// <summary>A game in a list.</summary>
internal sealed record GameListEntry(
    string Game, IReadOnlyList<PlayerAnswer> Players, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ClockAnswer? Clock, int Plies, ListedResult? Result)
{
    public static GameListEntry Of(HistoryEntry entry) => new(
        entry.Game.Value, [PlayerAnswer.Of(entry.First), PlayerAnswer.Of(entry.Second)], entry.StartedAt, entry.EndedAt, ClockAnswer.Of(entry.Control), entry.Plies,
        entry.Reason is { } reason ? new((int?)entry.Winner, reason) : null);
}

/// <param name="Next">What to ask for as <c>before</c> to get the next older page; null on the last one.</param>
internal sealed record GamesAnswer(IReadOnlyList<GameListEntry> Games, string? Next);

internal sealed record UserAnswer(string Name, string? Colour, DateTimeOffset RegisteredAt, bool Online, RecordAnswer Record, RecordAnswer? Against);

internal sealed record ResultAnswer(int? Winner, string Reason, IReadOnlyList<int[]> Cells);

/// <summary>A whole game to step through.</summary>
/// <param name="Times">Milliseconds left to the mover after each move; null without clocks.</param>
/// <param name="Record">Null while the game runs, as is the hash.</param>
internal sealed record GameAnswer(
    string? Game, int Version, IReadOnlyList<PlayerAnswer> Players, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ClockAnswer? Clock, string Moves,
    IReadOnlyList<long>? Times, ResultAnswer? Result, string? Record, string? Hash)
{
    /// <param name="first">What player 1 is; null for a deleted account.</param>
    /// <param name="second">The same of player 2.</param>
    public static GameAnswer Of(GameRecord record, int version, UserKind? first, UserKind? second) => new(
        record.Game?.Value,
        version,
        [new(record.First.Name.Text, Words.Of(record.First.Colour), Words.Of(first)), new(record.Second.Name.Text, Words.Of(record.Second.Colour), Words.Of(second))],
        record.StartedAt,
        record.EndedAt,
        ClockAnswer.Of(record.Control),
        record.Moves.ToString(),
        record.Control is null ? null : [.. record.Remaining.Select(left => (long)left.TotalMilliseconds)],
        record.Outcome is { } outcome ? new((int?)outcome.Winner, outcome.Reason, Cells(outcome)) : null,
        record.Outcome is null ? null : record.ToString(),
        record.Outcome is null ? null : record.Hash);

    private static int[][] Cells(Outcome outcome) =>
        outcome is Outcome.FourInLine four ? [.. four.Cells.Select(cell => (int[])[cell.Column.Number, cell.Row])] : [];
}

internal sealed record ReplayRequest(string Record);
