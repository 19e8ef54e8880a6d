using System.Globalization;
using ConnectFour.Engine;

namespace ConnectFour.Bench;

/// <summary>The solver beside the yardstick: some positions each in turn, each position after having forgotten everything, so that a noisy machine is as noisy for both.</summary>
internal static class SolverBench
{
    private static readonly string[] Sets = ["L3_R1", "L2_R1", "L1_R1", "L2_R2", "L1_R2", "L1_R3"];

    /// <summary>Positions that one solves before it is the other's turn: clearing the yardstick's table takes what the other uses out of the processor's cache.</summary>
    private const int Together = 50;

    /// <summary>Compiled code gets better with use for a while; what is timed is what it gets to.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(4);

    /// <summary>The sets of a folder, files of lines <c>notation score</c> where the score may be <c>?</c>.</summary>
    /// <param name="only">One set, or null for all.</param>
    /// <param name="count">How many positions of each set, from its beginning.</param>
    /// <param name="threads">The solver's; the yardstick has one.</param>
    public static void Files(string folder, string? only, int count, int threads, bool withYardstick, TextWriter to)
    {
        var solver = new Solver(new SolverOptions { Threads = threads, UsesBook = false });
        var yardstick = withYardstick ? new Yardstick() : null;
        Warm(solver, yardstick);

        to.WriteLine("set    | positions |  mean time |  mean nodes | nodes/s | wrong | yardstick  |  its nodes | its wrong | times as fast");
        foreach (var set in Sets.Where(set => (only ?? set) == set && File.Exists(Path.Combine(folder, $"{set}.txt"))))
        {
            var (ours, its) = (new Tally(), new Tally());
            foreach (var block in Read(Path.Combine(folder, $"{set}.txt")).Take(count).Chunk(Together))
            {
                foreach (var (board, expected) in block)
                {
                    solver.Forget();
                    ours.Add(expected, () => solver.Solve(board) is var solution ? (solution.Score.Value, solution.Nodes) : default);
                }
                foreach (var (board, expected) in withYardstick ? block : [])
                {
                    yardstick!.Forget();
                    var position = Position.Of(board);
                    its.Add(expected, () => (yardstick.Solve(position.Own, position.Occupied), yardstick.Nodes));
                }
            }
            to.WriteLine(Line($"{set,-6} | {ours.Positions,9} | {Time(ours.Mean)} | {ours.Nodes / ours.Positions,11:0.0} | {ours.Nodes / ours.Seconds / 1e6,5:0.0} M | {ours.Wrong,5} |")
                + (its.Positions == 0 ? "" : Line($" {Time(its.Mean)} | {its.Nodes / its.Positions,10:0.0} | {its.Wrong,9} | {its.Mean / ours.Mean,5:0.0}")));
        }
    }

    /// <summary>How long all columns of a position take with the book, each after having forgotten everything: positions of random games, as many of each ply.</summary>
    public static void WithBook(int each, TextWriter to)
    {
        var solver = new Solver();
        Warm(solver, null);
        var (all, random) = (new List<double>(), new Random(1));
        to.WriteLine("plies |  p50 ms |  p99 ms | longest ms");
        foreach (var plies in Enumerable.Range(0, 10).Select(step => 4 * step))
        {
            var times = Enumerable.Range(plies, 4).SelectMany(ply => Enumerable.Repeat(ply, each)).Select(ply => Time(solver, RunningGame(random, ply))).Order().ToArray();
            all.AddRange(times);
            to.WriteLine(Line($"{plies,2}-{plies + 3,2} | {At(times, 0.5),7:0.00} | {At(times, 0.99),7:0.00} | {times[^1],7:0.00}"));
        }
        var sorted = all.Order().ToArray();
        to.WriteLine(Line($"  all | {At(sorted, 0.5),7:0.00} | {At(sorted, 0.99),7:0.00} | {sorted[^1],7:0.00}"));

        static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    /// <summary>The report of whole games, each with everything forgotten before: between players who see wins of one move and nothing else.</summary>
    public static void Reports(int count, TextWriter to)
    {
        var solver = new Solver();
        Warm(solver, null);
        var random = new Random(1);
        var times = Enumerable.Range(0, count).Select(_ =>
        {
            var game = WholeGame(random);
            solver.Forget();
            var begin = TimeProvider.System.GetTimestamp();
            GameReport.Of(game, 0, solver);
            return (game.Plies, Took: TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }).OrderBy(game => game.Took).ToArray();
        to.WriteLine(Line($"{count} games of {times.Average(game => game.Plies):0} plies: p50 {times[count / 2].Took:0.00} s, p99 {times[Math.Min(count - 1, count * 99 / 100)].Took:0.00} s, longest {times[^1].Took:0.00} s"));
    }

    private static Notation WholeGame(Random random)
    {
        var game = new Notation();
        while (!game.IsFinished)
        {
            var columns = game.Board.LegalColumns;
            var wins = columns.Where(column => game.Board.Drop(column).Winner is not null).ToArray();
            game = game.Then(wins.Length > 0 ? wins[0] : columns[random.Next(columns.Length)]);
        }
        return game;
    }

    private static double Time(Solver solver, Board board)
    {
        solver.Forget();
        var begin = TimeProvider.System.GetTimestamp();
        solver.Analyse(board);
        return TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static Board RunningGame(Random random, int plies)
    {
        while (true)
        {
            var board = Board.Empty;
            while (board.Plies < plies && board.Winner is null) board = board.Drop(board.LegalColumns[random.Next(board.LegalColumns.Length)]);
            if (board.Winner is null) return board;
        }
    }

    /// <summary>The empty board, where the first player wins in the centre with its 21st disc.</summary>
    public static void Empty(int megabytes, int threads, TextWriter to)
    {
        var solver = new Solver(new SolverOptions { TableMegabytes = megabytes, Threads = threads, UsesBook = false });
        Warm(solver, null);
        solver.Forget();
        var tally = new Tally();
        tally.Add(1, () => solver.Solve(Board.Empty) is var solution ? (solution.Score.Value, solution.Nodes) : default);
        to.WriteLine(Line($"empty board, {megabytes} MB, {threads} thread(s): {tally.Seconds:0.0} s, {tally.Nodes:0} nodes, {tally.Nodes / tally.Seconds / 1e6:0.0} M nodes/s, {tally.Wrong} wrong"));
    }

    private static IEnumerable<(Board Board, int? Score)> Read(string file) => File.ReadLines(file)
        .Select(line => line.Split(' '))
        .Select(line => (Notation.From(line[0]).Board, line[1] == "?" ? (int?)null : int.Parse(line[1], CultureInfo.InvariantCulture)));

    private static void Warm(Solver solver, Yardstick? yardstick)
    {
        var begin = TimeProvider.System.GetTimestamp();
        for (var random = new Random(1); TimeProvider.System.GetElapsedTime(begin) < Warmup;)
        {
            var board = Board.Empty;
            while (board.Plies < 16)
            {
                var columns = board.LegalColumns;
                board = board.Drop(columns[random.Next(columns.Length)]);
                if (board.Winner is not null) board = Board.Empty;
            }
            solver.Solve(board, nodes: 100_000);
            yardstick?.Solve(Position.Of(board).Own, Position.Of(board).Occupied);
        }
    }

    private static string Time(double seconds) => seconds < 1e-3 ? Line($"{seconds * 1e6,7:0.0} us") : seconds < 1 ? Line($"{seconds * 1e3,7:0.00} ms") : Line($"{seconds,7:0.00} s ");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Tally
    {
        public int Positions { get; private set; }
        public double Seconds { get; private set; }
        public double Nodes { get; private set; }
        public int Wrong { get; private set; }
        public double Mean => Seconds / Positions;

        public void Add(int? expected, Func<(int Score, long Nodes)> solve)
        {
            var begin = TimeProvider.System.GetTimestamp();
            var (score, nodes) = solve();
            Seconds += TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            Positions++;
            Nodes += nodes;
            if (expected is not null && expected != score) Wrong++;
        }
    }
}
