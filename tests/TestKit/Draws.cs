using ConnectFour.Domain;

namespace ConnectFour.TestKit;

/// <summary>Drawn games by search: random columns that make no line, taking moves back where there is no other way.</summary>
public static class Draws
{
    /// <summary>How many moves one attempt may try before another seed is likelier to succeed.</summary>
    private const int Patience = 3_000;

    /// <summary>The same seed gives the same draw; nearly every seed another one.</summary>
    public static Notation From(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var budget = Patience;
            if (Complete(new Notation(), random, ref budget) is { } draw) return draw;
        }
    }

    private static Notation? Complete(Notation moves, Random random, ref int budget)
    {
        if (moves.Plies == Board.Cells) return moves;

        var columns = moves.Board.LegalColumns.ToArray();
        random.Shuffle(columns);
        foreach (var column in columns)
        {
            if (--budget < 0) return null;
            var next = moves.Then(column);
            if (next.Board.Winner is null && Complete(next, random, ref budget) is { } draw) return draw;
        }
        return null;
    }
}
