using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>
/// Chooses columns as a player of some strength would. It knows what every column is worth, and is generous: with each move it gives away, on average, as much as its
/// <see cref="Level"/> says, and where a position has less to give, less. A column that gives away twice as much is that much less likely, so it errs more often by a
/// little than by much, and where only one column is any good it mostly finds it.
/// </summary>
public sealed class Opponent(Level level, Random random)
{
    /// <summary>
    /// Temperatures between which the one is sought that gives away what the level says: at the lowest all but nothing, and at the highest a column that throws a win away is only
    /// 3/5 as likely. Nobody plays at random.
    /// </summary>
    private const double Coldest = 1e-3, Hottest = 2;

    /// <summary>What is given away with each move, on average: 1 for an outcome, such as a draw instead of a win, and 1/18 for a move sooner or later.</summary>
    public static double Generosity(Level level) => level switch
    {
        Level.Rookie => 0.80,
        Level.Casual => 0.34,
        Level.Club => 0.18,
        Level.Master => 0.08,
        Level.Perfect => 0,
    };

    /// <summary>The column to play.</summary>
    /// <param name="analysis">What is known of the position; a column whose score is not known counts as the middle of its bounds.</param>
    /// <exception cref="ArgumentException">The game is over.</exception>
    public Column Choose(Analysis analysis)
    {
        var columns = Column.All.Where(column => analysis[column] is not null).ToArray();
        if (columns.Length == 0) throw new ArgumentException("There is no column to play.", nameof(analysis));

        var worths = columns.Select(column => Worth(analysis[column]!.Value)).ToArray();
        var losses = worths.Select(worth => worths.Max() - worth).ToArray();
        return columns[Draw(Weights(losses, Generosity(level)))];
    }

    /// <summary>Whether to take the first disc over: whoever would rather be the other side does.</summary>
    /// <param name="analysis">The position after the first disc, seen from the side to move.</param>
    public static bool WantsToSwap(Analysis analysis) => analysis.Bounds.Verdict == Verdict.Loss;

    private static double Worth(Bounds bounds) => Score.WorthOf((bounds.AtLeast.Value + bounds.AtMost.Value) / 2.0);

    /// <summary>Weights that give away so much on average: exp(-loss / temperature), with the temperature for which that is so.</summary>
    private static double[] Weights(double[] losses, double generosity)
    {
        var (cold, hot) = (Coldest, Hottest);
        for (var step = 0; step < 50; step++)
        {
            var between = Math.Sqrt(cold * hot);
            if (Given(losses, At(losses, between)) < generosity) cold = between;
            else hot = between;
        }
        return At(losses, cold);
    }

    private static double[] At(double[] losses, double temperature) => [.. losses.Select(loss => Math.Exp(-loss / temperature))];

    private static double Given(double[] losses, double[] weights) => losses.Zip(weights, (loss, weight) => loss * weight).Sum() / weights.Sum();

    private int Draw(double[] weights)
    {
        var left = random.NextDouble() * weights.Sum();
        for (var at = 0; at < weights.Length - 1; at++)
        {
            left -= weights[at];
            if (left < 0) return at;
        }
        return weights.Length - 1;
    }
}
