namespace ConnectFour.Bench.Load;

/// <summary>Games to be played: legal, random, and the same in every run.</summary>
internal static class Script
{
    private const int Count = 128;

    private static readonly byte[][] Games = [.. Enumerable.Range(0, Count).Select(Random)];

    /// <summary>The columns of a game from its first disc to its end.</summary>
    public static byte[] Of(int pair, int number) => Games[(pair * 31 + number) % Count];

    private static byte[] Random(int seed)
    {
        var random = new Random(seed);
        var moves = new Notation();
        while (!moves.IsFinished)
        {
            var legal = moves.Board.LegalColumns;
            moves = moves.Then(legal[random.Next(legal.Length)]);
        }
        return [.. Enumerable.Range(0, moves.Plies).Select(ply => (byte)moves[ply].Number)];
    }
}
