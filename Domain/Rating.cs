namespace ConnectFour.Domain;

/// <summary>How strong an account is, as its rated games tell.</summary>
/// <param name="Value">In points; 1500 before the first game.</param>
/// <param name="Deviation">In points, 30 to 350: the true strength lies within two deviations in 95 of 100 cases.</param>
/// <param name="Volatility">How erratic the results are; 0.06 before the first game, at most 0.1.</param>
/// <param name="At">When the last rated game ended.</param>
public sealed record Rating(double Value, double Deviation, double Volatility, DateTimeOffset At)
{
    private const double LeastDeviation = 30;
    private const double MostDeviation = 350;
    private const double MostVolatility = 0.1;
    private const double Certain = 110;

    /// <summary>A deviation of 60 becomes one of 110 in about a year without games.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(4.66);

    /// <summary>What everybody begins with.</summary>
    public static Rating Initial(DateTimeOffset at) => new(1500, MostDeviation, 0.06, at);

    /// <summary>Whether too little is known yet to compare it with others: the deviation is above 110.</summary>
    public bool IsProvisional => Deviation > Certain;

    /// <summary>The rating after one more game, and the opponent's, both from what was known before it.</summary>
    /// <param name="score">1 for a win, 0.5 for a draw, 0 for a loss of this one.</param>
    /// <param name="now">When the game ended.</param>
    public (Rating Mine, Rating Theirs) Played(Rating opponent, double score, DateTimeOffset now) => (After(opponent, score, now), opponent.After(this, 1 - score, now));

    /// <summary>The deviation, now that some time has passed.</summary>
    public double DeviationAt(DateTimeOffset now) => Math.Min(MostDeviation, Glicko2.Aged(Deviation, Volatility, PeriodsUntil(now)));

    private Rating After(Rating opponent, double score, DateTimeOffset now)
    {
        var (value, deviation, volatility) = Glicko2.Update(Value, Deviation, Volatility, [new(opponent.Value, opponent.DeviationAt(now), score)], PeriodsUntil(now));
        return new(value, Math.Clamp(deviation, LeastDeviation, MostDeviation), Math.Min(volatility, MostVolatility), now > At ? now : At);
    }

    // Games end in another order than they are entered in, now and then.
    private double PeriodsUntil(DateTimeOffset now) => now > At ? (now - At) / Period : 0;
}
