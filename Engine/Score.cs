using System.Globalization;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>
/// What a position is worth to the side to move when both play perfectly: 0 for a draw; for a win, (43 - n) / 2 rounded down, with n discs on the board before the winning one;
/// for a loss, the same negated. So a sooner win scores more, and a later loss too. The range is -18 to 18; the default is a draw.
/// </summary>
public readonly record struct Score : IComparable<Score>
{
    /// <summary>More than any score: nobody has four discs before the seventh ply, which is worth 18.</summary>
    internal const int Most = 19;

    private Score(int value) => Value = value;

    /// <summary>-18 to 18.</summary>
    public int Value { get; }

    public Verdict Verdict => (Verdict)Math.Sign(Value);

    /// <exception cref="ArgumentOutOfRangeException">The value is not -18 to 18.</exception>
    public static Score From(int value) => Math.Abs(value) < Most ? new(value) : throw new ArgumentOutOfRangeException(nameof(value), value, "Scores are -18 to 18.");

    /// <summary>How many discs are still dropped, the winning or last one included, when the position has this score: 0 to 42.</summary>
    public int PliesLeft(Board board)
    {
        if (Value == 0) return Board.Cells - board.Plies;

        // Of the two numbers of discs with this score, the winner's turn comes at one.
        var winnerToMove = (board.Plies & 1) == (Value > 0 ? 0 : 1);
        var discsBefore = 42 - 2 * Math.Abs(Value) + (winnerToMove ? 0 : 1);
        return discsBefore + 1 - board.Plies;
    }

    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    /// <summary>With its sign: <c>+3</c>, <c>0</c>, <c>-12</c>.</summary>
    public override string ToString() => Value.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    /// <summary>The same outcome as the other side sees it.</summary>
    public static Score operator -(Score score) => new(-score.Value);
    public static bool operator <(Score left, Score right) => left.Value < right.Value;
    public static bool operator >(Score left, Score right) => left.Value > right.Value;
    public static bool operator <=(Score left, Score right) => left.Value <= right.Value;
    public static bool operator >=(Score left, Score right) => left.Value >= right.Value;

    /// <summary>The winner's score when so many discs lie before the winning one.</summary>
    internal static int OfWinAt(int plies) => (43 - plies) / 2;
}

/// <summary>What becomes of the side to move when both play perfectly.</summary>
public enum Verdict
{
    Loss = -1,
    Draw = 0,
    Win = 1,
}
