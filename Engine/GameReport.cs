using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>What a mistake cost, when it changed what becomes of the game.</summary>
public enum Mistake
{
    WinToDraw,
    WinToLoss,
    DrawToLoss,
}

/// <summary>One move of a game beside perfect play. Scores are those of whoever moved.</summary>
/// <param name="Ply">How many discs lay on the board before, from 0.</param>
/// <param name="Scores">What each column was worth, from the left; null for a full one.</param>
public sealed record ReportedMove(int Ply, Column Column, ImmutableArray<Score?> Scores)
{
    /// <summary>What the position was worth.</summary>
    public Score Before => Scores.Max()!.Value;

    /// <summary>What the move made of it: the same, or less.</summary>
    public Score After => Scores[Column.Number - 1]!.Value;

    /// <summary>The columns that gave nothing away, from the left.</summary>
    public ImmutableArray<Column> Best => [.. Column.All.Where(column => Scores[column.Number - 1] == Before)];

    /// <summary>Null if the game was worth the same after it, or only sooner or later.</summary>
    public Mistake? Mistake => (Before.Verdict, After.Verdict) switch
    {
        (Verdict.Win, Verdict.Draw) => Engine.Mistake.WinToDraw,
        (Verdict.Win, Verdict.Loss) => Engine.Mistake.WinToLoss,
        (Verdict.Draw, Verdict.Loss) => Engine.Mistake.DrawToLoss,
        _ => null,
    };
}

/// <summary>A game beside perfect play, move by move: the truth about it.</summary>
public sealed class GameReport
{
    /// <summary>Added to a score, to make it a byte that is not 0.</summary>
    private const int Zero = 32;

    private GameReport(ImmutableArray<ReportedMove> moves) => Moves = moves;

    public ImmutableArray<ReportedMove> Moves { get; }

    /// <summary>The moves that changed what becomes of the game.</summary>
    public IEnumerable<ReportedMove> TurningPoints => Moves.Where(move => move.Mistake is not null);

    /// <summary>Looks at every position of a game, from the last one back, so that each question finds the answers to the later ones.</summary>
    /// <param name="opening">How many of the moves lay there as the game began: nobody is praised or blamed for them.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static GameReport Of(Notation moves, int opening, Solver solver, CancellationToken cancellation = default)
    {
        var reported = new ReportedMove[moves.Plies - opening];
        for (var ply = moves.Plies - 1; ply >= opening; ply--)
        {
            var analysis = solver.Analyse(moves.Take(ply).Board, cancellation: cancellation);
            reported[ply - opening] = new ReportedMove(ply, moves[ply], [.. Column.All.Select(column => analysis[column]?.Exact)]);
        }
        return new GameReport([.. reported]);
    }

    /// <summary>How much of what there was to keep a player kept, in per cent: at each of their moves 100 for a best column, 0 for a worst, and in between as far as the column is worth
    /// between the two, an outcome counting 18 times as much as a move sooner or later; the mean of those at which not all columns were as good. 100 if there was no such choice.</summary>
    public double Accuracy(Player player)
    {
        var kept = Moves.Where(move => (move.Ply & 1) == (player == Player.First ? 0 : 1)).Select(Kept).OfType<double>().ToArray();
        return kept.Length == 0 ? 100 : 100 * kept.Average();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is not of these moves.</exception>
    public static GameReport Read(Notation moves, int opening, ReadOnlySpan<byte> scores)
    {
        var reported = new ReportedMove[moves.Plies - opening];
        if (scores.Length != reported.Length * Column.Count) throw new FormatException("The scores are not of this game.");

        for (var i = 0; i < reported.Length; i++)
        {
            var columns = ImmutableArray.CreateBuilder<Score?>(Column.Count);
            foreach (var score in scores.Slice(i * Column.Count, Column.Count)) columns.Add(score == 0 ? null : Score.From(score - Zero));
            reported[i] = new ReportedMove(opening + i, moves[opening + i], columns.DrainToImmutable());
        }
        return new GameReport([.. reported]);
    }

    /// <summary>The scores, a byte for each column of each move; the moves themselves are not in it.</summary>
    public byte[] Write() => [.. Moves.SelectMany(move => move.Scores).Select(score => score is { } known ? (byte)(known.Value + Zero) : (byte)0)];

    private static double? Kept(ReportedMove move)
    {
        var worths = move.Scores.OfType<Score>().Select(score => score.Worth).ToArray();
        return worths.Max() == worths.Min() ? null : (move.After.Worth - worths.Min()) / (worths.Max() - worths.Min());
    }
}
