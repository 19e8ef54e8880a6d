using System.Collections.Immutable;
using System.Globalization;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>How far one has to see to solve a puzzle.</summary>
public enum Difficulty
{
    /// <summary>The win comes with the third disc at the latest.</summary>
    Easy,

    /// <summary>With the seventh at the latest.</summary>
    Medium,

    /// <summary>Later.</summary>
    Hard,
}

/// <summary>A position in which whoever is to move wins, and one column alone does it.</summary>
/// <param name="Moves">How it came about.</param>
/// <param name="Solution">The column.</param>
/// <param name="WinsIn">How many discs the winner needs, this one included: 2 to 12.</param>
public sealed record Puzzle(Notation Moves, Column Solution, int WinsIn)
{
    /// <summary>Discs on the board at least: before there is hardly a plan to see.</summary>
    public const int LeastPlies = 12;

    /// <summary>The most discs that the winner may need: nobody sees further.</summary>
    private const int LongestWin = 12;

    /// <summary>Columns with room: where there is hardly a choice there is nothing to find.</summary>
    private const int LeastColumns = 4;

    private static readonly Lazy<ImmutableArray<Puzzle>> Collected = new(() =>
    {
        using var resource = typeof(Puzzle).Assembly.GetManifestResourceStream("ConnectFour.Engine.puzzles.txt")!;
        using var reader = new StreamReader(resource);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(From)];
    });

    /// <summary>The puzzles that come with the engine, found by it in games of its own opponents.</summary>
    public static ImmutableArray<Puzzle> All => Collected.Value;

    public Difficulty Difficulty => WinsIn switch
    {
        <= 3 => Difficulty.Easy,
        <= 7 => Difficulty.Medium,
        _ => Difficulty.Hard,
    };

    /// <summary>
    /// The puzzle that a position is, or null: one column wins and no other, it neither wins at once nor must be played anyhow because the opponent would, the win is within sight, and there are others to choose from.
    /// </summary>
    public static Puzzle? Of(Notation moves, Solver solver, CancellationToken cancellation = default)
    {
        var position = Position.Of(moves.Board);
        if (moves.IsFinished || moves.Plies < LeastPlies || moves.Board.LegalColumns.Length < LeastColumns) return null;
        if (position.WinningMoves != 0 || (position with { Own = position.Other }).WinningMoves != 0) return null;

        var analysis = solver.Analyse(moves.Board, cancellation: cancellation);
        var winning = Column.All.Where(column => analysis[column] is { } bounds && bounds.Exact.Verdict == Verdict.Win).ToArray();
        var winsIn = (analysis.Score.PliesLeft(moves.Board) + 1) / 2;
        return winning is [var solution] && winsIn <= LongestWin ? new Puzzle(moves, solution, winsIn) : null;
    }

    /// <summary>What <see cref="From"/> reads: the moves, the column, and how many discs it takes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moves} {Solution} {WinsIn}");

    /// <exception cref="FormatException">It is no such line.</exception>
    public static Puzzle From(string line) => line.Split(' ') is [var moves, var solution, var winsIn]
        ? new Puzzle(Notation.From(moves), Column.From(int.Parse(solution, CultureInfo.InvariantCulture)), int.Parse(winsIn, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{line}' is no puzzle.");
}
