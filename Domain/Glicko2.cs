namespace ConnectFour.Domain;

/// <summary>
/// The Glicko-2 rating system: Mark Glickman, "Example of the Glicko-2 system" (2022), whose steps and letters these are.
/// A rating, a deviation (both in points) and a volatility describe how strong somebody is, how well that is known, and how erratic they are.
/// </summary>
public static class Glicko2
{
    /// <summary>How much the volatility may change; Glickman suggests 0.3 to 1.2.</summary>
    private const double Tau = 0.5;

    /// <summary>Points on Glicko's scale for one on that of the computation.</summary>
    private const double Scale = 173.7178;

    private const double Centre = 1500;
    private const double Precision = 1e-6;

    /// <summary>One opponent, and how it went.</summary>
    /// <param name="Score">1 for a win, 0.5 for a draw, 0 for a loss.</param>
    public readonly record struct Result(double Rating, double Deviation, double Score);

    /// <summary>What follows from the results of some time.</summary>
    /// <param name="periods">How many rating periods that time is: a whole one in the paper, a part of one when every game is rated by itself.</param>
    public static (double Rating, double Deviation, double Volatility) Update(double rating, double deviation, double volatility, ReadOnlySpan<Result> results, double periods)
    {
        var (mu, phi) = ((rating - Centre) / Scale, deviation / Scale);
        var (information, surprise) = (0.0, 0.0);
        foreach (var result in results)
        {
            var g = G(result.Deviation / Scale);
            var expected = 1 / (1 + Math.Exp(-g * (mu - ((result.Rating - Centre) / Scale))));
            information += g * g * expected * (1 - expected);
            surprise += g * (result.Score - expected);
        }
        if (information <= 0) return (rating, Aged(deviation, volatility, periods), volatility);

        var v = 1 / information;
        var sigma = Volatility(phi, volatility, v, v * surprise);
        var before = Aged(deviation, sigma, periods) / Scale;
        var after = 1 / Math.Sqrt((1 / (before * before)) + information);

        // Added to the points themselves: to Glicko's scale and back, rounding could take something from a winner.
        return (rating + (Scale * after * after * surprise), Scale * after, sigma);
    }

    /// <summary>The deviation, in points, after a time without games: the less is known, the longer ago it was.</summary>
    public static double Aged(double deviation, double volatility, double periods) =>
        Math.Sqrt((deviation * deviation) + (periods * Scale * Scale * volatility * volatility));

    private static double G(double phi) => 1 / Math.Sqrt(1 + (3 * phi * phi / (Math.PI * Math.PI)));

    /// <summary>Step 5: the volatility at which the results are most likely, by the Illinois algorithm.</summary>
    private static double Volatility(double phi, double sigma, double v, double delta)
    {
        var a = Math.Log(sigma * sigma);
        var (low, high) = (a, delta * delta > (phi * phi) + v ? Math.Log((delta * delta) - (phi * phi) - v) : Below());
        var (fLow, fHigh) = (F(low), F(high));
        while (Math.Abs(high - low) > Precision)
        {
            var next = low + ((low - high) * fLow / (fHigh - fLow));
            var fNext = F(next);
            if (fNext * fHigh <= 0) (low, fLow) = (high, fHigh);
            else fLow /= 2;
            (high, fHigh) = (next, fNext);
        }
        return Math.Exp(low / 2);

        double Below()
        {
            var k = 1;
            while (F(a - (k * Tau)) < 0) k++;
            return a - (k * Tau);
        }

        double F(double x)
        {
            var spread = (phi * phi) + v + Math.Exp(x);
            return (Math.Exp(x) * ((delta * delta) - spread) / (2 * spread * spread)) - ((x - a) / (Tau * Tau));
        }
    }
}
