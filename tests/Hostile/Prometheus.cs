using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>What the server tells its operators.</summary>
internal static class Prometheus
{
    /// <summary>The sum of a metric's series, of which there may be one for each value of its labels.</summary>
    /// <param name="answer">The text of <c>/metrics</c>.</param>
    public static double Value(string answer, string name) => answer.Split('\n')
        .Where(line => line.StartsWith(name + ' ', StringComparison.Ordinal) || line.StartsWith(name + '{', StringComparison.Ordinal))
        // The value stands after the labels, and a time may stand after that.
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') is var labels and >= 0 ? labels + 1 : name.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
}
