using ConnectFour.Engine;

namespace ConnectFour.Bench;

/// <summary>
/// Finds short openings that are exact draws: neither side threatens anything, and several columns keep the draw and several do not, so that there is something to find. One of each pair of mirror images.
/// </summary>
internal static class OpeningFinder
{
    private const int Plies = 6;
    private const int LeastWays = 2;

    public static void Print(int count, TextWriter to)
    {
        var solver = new Solver();
        var found = All(new Notation()).DistinctBy(opening => Position.Of(opening.Board).MirrorKey).Where(opening => IsBalanced(opening, solver)).Select(opening => $"{opening}").ToArray();
        to.WriteLine($"{found.Length} openings of {Plies} plies are balanced");
        new Random(1).Shuffle(found);
        foreach (var line in found.Take(count).Order(StringComparer.Ordinal).Chunk(20)) to.WriteLine(string.Join(' ', line));
    }

    private static IEnumerable<Notation> All(Notation moves) =>
        moves.Plies == Plies ? [moves] : moves.Board.LegalColumns.SelectMany(column => All(moves.Then(column)));

    private static bool IsBalanced(Notation opening, Solver solver)
    {
        var position = Position.Of(opening.Board);
        if (position.WinningMoves != 0 || (position with { Own = position.Other }).WinningMoves != 0) return false;

        var analysis = solver.Analyse(opening.Board, nodes: 0);
        if (!analysis.Bounds.IsExact || analysis.Score.Value != 0) return false;

        var ways = analysis.BestColumns.Length;
        return ways >= LeastWays && ways < opening.Board.LegalColumns.Length;
    }
}
