using System.Globalization;

namespace ConnectFour.Terminal;

/// <summary>Answers on the command line. Results go to one writer and what is about the work to another, so that the former can be read by a program.</summary>
internal sealed class SolveCommand(Solver solver, TextWriter results, TextWriter remarks, TimeProvider time)
{
    /// <summary>The score of every column, and a best line.</summary>
    public void Solve(Notation moves, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        if (moves.IsFinished)
        {
            results.WriteLine(Words.Status(moves));
            return;
        }

        var analysis = solver.Analyse(moves.Board, cancellation: cancellation);
        var line = solver.BestLine(moves.Board, cancellation);
        results.WriteLine($"column {string.Concat(Column.All.Select(column => $"{column}".PadLeft(5)))}");
        results.WriteLine($"score  {string.Concat(ScoreLine.Of(moves.Board, analysis).Words.Select(word => word.PadLeft(5)))}");
        results.WriteLine($"best line {string.Concat(line)}");
        results.WriteLine($"{Words.Verdict(moves.Board, analysis.Score)}");
        Remark(1, analysis.Nodes, begun);
    }

    /// <summary>Each line's first word is a notation; it is answered by <c>notation score</c>. Blank lines and those that begin with <c>#</c> are left out.</summary>
    /// <exception cref="FormatException">A notation is wrong; the message names the line, and what comes before it has been answered.</exception>
    public void SolveLines(TextReader lines, string name, CancellationToken cancellation)
    {
        var (begun, count, nodes) = (time.GetTimestamp(), 0, 0L);
        try
        {
            for (var number = 1; lines.ReadLine() is { } line; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var word, ..] || word.StartsWith('#')) continue;
                if (!Notation.TryFrom(word, out var moves, out var problem)) throw new FormatException($"{name}, line {number}: {problem}");

                var solution = solver.Solve(moves.Board, cancellation: cancellation);
                results.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word} {solution.Score.Value}"));
                (count, nodes) = (count + 1, nodes + solution.Nodes);
            }
        }
        finally
        {
            results.Flush();
            Remark(count, nodes, begun);
        }
    }

    private void Remark(int positions, long nodes, long begun) => remarks.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{positions} position{(positions == 1 ? "" : "s")}, {nodes} nodes, {time.GetElapsedTime(begun).TotalSeconds:0.000} s"));
}
