using ConnectFour.Engine;

namespace ConnectFour.Bench;

/// <summary>
/// Finds puzzles in games between two opponents who make mistakes: so many of each difficulty, and one of each difficulty from a game at most. The first twelve plies of a game are anybody's, since
/// no puzzle is that early and their scores take the longest.
/// </summary>
internal static class PuzzleMaker
{
    private static readonly Level[] Levels = [Level.Rookie, Level.Casual, Level.Club];

    public static void Make(int each, string file, TextWriter to)
    {
        var (solver, random) = (new Solver(), new Random(1));
        var found = Enum.GetValues<Difficulty>().ToDictionary(difficulty => difficulty, _ => new List<Puzzle>());
        var seen = new HashSet<ulong>();
        for (var games = 1; found.Values.Any(puzzles => puzzles.Count < each); games++)
        {
            foreach (var puzzle in In(Game(solver, random), solver).DistinctBy(puzzle => puzzle.Difficulty))
                if (found[puzzle.Difficulty].Count < each && seen.Add(Position.Of(puzzle.Moves.Board).MirrorKey)) found[puzzle.Difficulty].Add(puzzle);
            if (games % 100 == 0) to.WriteLine($"{games} games: {string.Join(", ", found.Select(pair => $"{pair.Value.Count} {pair.Key}"))}");
        }
        File.WriteAllLines(file, found.Values.SelectMany(puzzles => puzzles).OrderBy(puzzle => puzzle.WinsIn).ThenBy(puzzle => puzzle.Moves.ToString(), StringComparer.Ordinal).Select(puzzle => $"{puzzle}"));
    }

    private static IEnumerable<Puzzle> In(Notation game, Solver solver) => Enumerable.Range(0, game.Plies).Select(plies => Puzzle.Of(game.Take(plies), solver)).OfType<Puzzle>();

    private static Notation Game(Solver solver, Random random)
    {
        var (one, other) = (new Opponent(Levels[random.Next(Levels.Length)], random), new Opponent(Levels[random.Next(Levels.Length)], random));
        var game = Opening(random);
        while (!game.IsFinished) game = game.Then((game.Plies % 2 == 0 ? one : other).Choose(solver.Analyse(game.Board)));
        return game;
    }

    private static Notation Opening(Random random)
    {
        var game = new Notation();
        while (game.Plies < Puzzle.LeastPlies && !game.IsFinished) game = game.Then(random.GetItems(game.Board.LegalColumns.ToArray(), 1)[0]);
        return game.IsFinished ? Opening(random) : game;
    }
}
