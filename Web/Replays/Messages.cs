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
    string Game, IReadOnlyList<PlayerAnswer> Players, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ClockAnswer? Clock, int Plies, bool Rated, bool Swapped, ListedResult? Result)
{
    public static GameListEntry Of(HistoryEntry entry) => new(
        entry.Game.Value, [PlayerAnswer.Of(entry.First), PlayerAnswer.Of(entry.Second)], entry.StartedAt, entry.EndedAt, ClockAnswer.Of(entry.Control), entry.Plies, entry.IsRated, entry.IsSwapped,
        entry.Reason is { } reason ? new((int?)entry.Winner, reason) : null);
}

/// <param name="Next">What to ask for as <c>before</c> to get the next older page; null on the last one.</param>
internal sealed record GamesAnswer(IReadOnlyList<GameListEntry> Games, string? Next);

/// <param name="Rank">The place on the leaderboard.</param>
internal sealed record RatingAnswer(double Value, double Deviation, double Volatility, bool Provisional, int Games, int Rank)
{
    public static RatingAnswer Of(Ranked ranked) => new(
        Math.Round(ranked.Rating.Value, 1), Math.Round(ranked.Rating.Deviation, 1), Math.Round(ranked.Rating.Volatility, 5), ranked.Rating.IsProvisional, ranked.Games, ranked.Rank);
}

/// <param name="Rating">Null before the first rated game.</param>
internal sealed record UserAnswer(string Name, string? Colour, DateTimeOffset RegisteredAt, bool Online, RecordAnswer Record, RecordAnswer? Against, RatingAnswer? Rating);

/// <summary>What a rated game made of a rating.</summary>
internal sealed record RatingPointAnswer(string Game, DateTimeOffset At, double Rating, double Deviation);

/// <summary>Oldest first.</summary>
internal sealed record CourseAnswer(IReadOnlyList<RatingPointAnswer> Ratings)
{
    public static CourseAnswer Of(IEnumerable<RatingPoint> course) =>
        new([.. course.Select(point => new RatingPointAnswer(point.Game.Value, point.At, Math.Round(point.Rating, 1), Math.Round(point.Deviation, 1)))]);
}

internal sealed record RankedAnswer(int Rank, string Name, double Rating, double Deviation, bool Provisional, int Games);

/// <summary>Best first.</summary>
internal sealed record LeaderboardAnswer(IReadOnlyList<RankedAnswer> Players);

internal sealed record ResultAnswer(int? Winner, string Reason, IReadOnlyList<int[]> Cells);

/// <summary>A whole game to step through.</summary>
/// <param name="Times">Milliseconds left to the mover after each move that was played; null without clocks.</param>
/// <param name="Record">Null while the game runs, as is the hash.</param>
internal sealed record GameAnswer(
    string? Game, int Version, IReadOnlyList<PlayerAnswer> Players, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ClockAnswer? Clock, bool Rated, bool Swapped, string Opening, string Moves,
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
        record.Stakes == Stakes.Rated,
        record.IsSwapped,
        record.Opening.ToString(),
        record.Moves.ToString(),
        record.Control is null ? null : [.. record.Remaining.Select(left => (long)left.TotalMilliseconds)],
        record.Outcome is { } outcome ? new((int?)outcome.Winner, outcome.Reason, Cells(outcome)) : null,
        record.Outcome is null ? null : record.ToString(),
        record.Outcome is null ? null : record.Hash);

    private static int[][] Cells(Outcome outcome) =>
        outcome is Outcome.FourInLine four ? [.. four.Cells.Select(cell => (int[])[cell.Column.Number, cell.Row])] : [];
}

internal sealed record ReplayRequest(string Record);
