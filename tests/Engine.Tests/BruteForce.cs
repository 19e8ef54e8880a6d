namespace ConnectFour.Engine.Tests;

/// <summary>The definition of a score, tried out to the end of every game. For late positions only.</summary>
internal sealed class BruteForce
{
    private readonly Dictionary<Board, int> _known = [];

    public int Score(Board board)
    {
        if (board.Winner is not null) return -(43 - (board.Plies - 1)) / 2;
        if (board.IsFull) return 0;
        if (!_known.TryGetValue(board, out var score)) _known[board] = score = board.LegalColumns.Max(column => -Score(board.Drop(column)));
        return score;
    }
}
