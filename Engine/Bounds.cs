namespace ConnectFour.Engine;

/// <summary>What is known of a score: it is not below the one nor above the other. Known exactly when they are equal.</summary>
/// <param name="AtLeast">The score of the side to move is this or more.</param>
/// <param name="AtMost">The score of the side to move is this or less.</param>
public readonly record struct Bounds(Score AtLeast, Score AtMost)
{
    public bool IsExact => AtLeast == AtMost;

    /// <summary>Null as long as it is not decided.</summary>
    public Verdict? Verdict => AtLeast.Verdict == AtMost.Verdict ? AtLeast.Verdict : null;

    /// <exception cref="InvalidOperationException">The score is not known exactly.</exception>
    public Score Exact => IsExact ? AtLeast : throw new InvalidOperationException($"The score is known to be {this} only.");

    /// <summary>The same as the other side sees it.</summary>
    public static Bounds operator -(Bounds bounds) => new(-bounds.AtMost, -bounds.AtLeast);

    public override string ToString() => IsExact ? $"{AtLeast}" : $"{AtLeast} to {AtMost}";

    internal static Bounds Of(int score) => new(Score.From(score), Score.From(score));
}

/// <summary>The answer to a question about one position.</summary>
/// <param name="Bounds">Exact, or as far as the budget went.</param>
/// <param name="Nodes">The positions that were visited to find out: 0 if no search was needed.</param>
public readonly record struct Solution(Bounds Bounds, long Nodes)
{
    /// <inheritdoc cref="Bounds.Exact"/>
    public Score Score => Bounds.Exact;
}
