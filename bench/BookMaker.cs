using System.Globalization;
using ConnectFour.Engine;

namespace ConnectFour.Bench;

/// <summary>Computes the opening book. It may be stopped at any time: what was solved is in the journal, a line for each position, and is not solved again.</summary>
internal static class BookMaker
{
    private const int TableMegabytes = 512;

    /// <summary>Positions that follow each other here share most of what is to be found out about them.</summary>
    private const int Together = 64;

    /// <summary>Ends a line of the journal: a line without it was cut off.</summary>
    private const string End = ".";

    /// <param name="lastPly">The book has all positions up to here.</param>
    /// <param name="journal">The file of what is solved so far.</param>
    /// <param name="book">The file to write in the end.</param>
    public static void Make(int lastPly, int threads, string journal, string book, TextWriter to)
    {
        var scores = File.Exists(journal) ? Read(journal) : [];
        var open = FromTheRoot(default, lastPly, []).Where(position => !scores.ContainsKey(position.Key)).ToArray();
        to.WriteLine($"{scores.Count} positions solved, {open.Length} to go");

        var solver = new Solver(new SolverOptions { TableMegabytes = TableMegabytes, UsesBook = false });
        var begin = TimeProvider.System.GetTimestamp();
        var done = 0;
        using (var writer = File.AppendText(journal))
        {
            Parallel.ForEach(open.Chunk(Together), new ParallelOptions { MaxDegreeOfParallelism = threads }, positions =>
            {
                var solved = positions.Select(position => (position.Key, Score: solver.Solve(position).Score.Value)).ToArray();
                lock (scores)
                {
                    foreach (var (key, score) in solved)
                    {
                        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key} {score} {End}"));
                        scores[key] = score;
                    }
                    writer.Flush();
                    done += solved.Length;
                    to.WriteLine($"{done} of {open.Length} after {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s");
                }
            });
        }

        using var file = File.Create(book);
        Book.From(lastPly, scores).Write(file);
        to.WriteLine($"{book}: {file.Length} bytes");
    }

    private static Dictionary<ulong, int> Read(string journal) => File.ReadLines(journal)
        .Select(line => line.Split(' '))
        .Where(line => line is [_, _, End])
        .ToDictionary(line => ulong.Parse(line[0], CultureInfo.InvariantCulture), line => int.Parse(line[1], CultureInfo.InvariantCulture));

    /// <summary>The positions of the last ply in the order of a walk through the game's tree, each once.</summary>
    private static IEnumerable<Position> FromTheRoot(Position position, int lastPly, HashSet<ulong> seen)
    {
        if (!seen.Add(position.Key)) yield break;
        if (position.Plies == lastPly) yield return position;
        else
            foreach (var next in Openings.Next(position))
                foreach (var last in FromTheRoot(next, lastPly, seen)) yield return last;
    }
}
