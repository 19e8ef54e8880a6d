using ConnectFour.Domain;
using ConnectFour.Engine;

namespace ConnectFour.Web.Truth;

/// <summary>One move of a report.</summary>
/// <param name="Column">1 to 7, as are those of <paramref name="Best"/>.</param>
/// <param name="Before">What the position was worth to whoever moved.</param>
/// <param name="After">What the move made of it.</param>
/// <param name="Scores">What each column was worth; null for a full one.</param>
/// <param name="Mistake"><c>win_to_draw</c>, <c>win_to_loss</c>, <c>draw_to_loss</c>, or null.</param>
internal sealed record MoveAnswer(int Column, int Before, int After, IReadOnlyList<int> Best, IReadOnlyList<int?> Scores, string? Mistake)
{
    public static MoveAnswer Of(ReportedMove move) => new(
        move.Column.Number, move.Before.Value, move.After.Value, [.. move.Best.Select(column => column.Number)], [.. move.Scores.Select(score => score?.Value)], move.Mistake is { } mistake ? Word(mistake) : null);

    private static string Word(Mistake mistake) => mistake switch
    {
        Engine.Mistake.WinToDraw => "win_to_draw",
        Engine.Mistake.WinToLoss => "win_to_loss",
        Engine.Mistake.DrawToLoss => "draw_to_loss",
    };
}

/// <param name="Accuracy">Of player 1 and player 2, in per cent.</param>
internal sealed record ReportAnswer(IReadOnlyList<MoveAnswer> Moves, IReadOnlyList<double> Accuracy)
{
    public static ReportAnswer Of(GameReport report) => new([.. report.Moves.Select(MoveAnswer.Of)], [.. new[] { Player.First, Player.Second }.Select(player => Math.Round(report.Accuracy(player), 1))]);
}

/// <summary>What each column of a position is worth.</summary>
/// <param name="Scores">For whoever is to move; null for a full column, and for one that could not be worked out in time.</param>
/// <param name="Score">The position's own; null if it is not known, or the game is over.</param>
/// <param name="Known">Whether every column's score is.</param>
internal sealed record AnalysisAnswer(string Moves, IReadOnlyList<int?> Scores, int? Score, bool Known)
{
    public static AnalysisAnswer Of(Notation moves, Analysis analysis) => new(
        moves.ToString(),
        [.. Column.All.Select(column => analysis[column] is { IsExact: true } bounds ? bounds.Exact.Value : (int?)null)],
        !moves.IsFinished && analysis.Bounds.IsExact ? analysis.Bounds.Exact.Value : null,
        analysis.IsExact);
}
