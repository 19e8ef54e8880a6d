using BenchmarkDotNet.Attributes;

namespace ConnectFour.Bench;

/// <summary>What the rules cost.</summary>
[MemoryDiagnoser]
public class BoardBenchmarks
{
    private const int Games = 1_000;
    private const int PerftDepth = 7;

    /// <summary>Random games played to their end, the same in every run.</summary>
    private readonly Column[][] _games = new Column[Games][];
    private int _drops;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (var i = 0; i < Games; i++)
        {
            var moves = new Notation();
            while (!moves.IsFinished)
            {
                var legal = moves.Board.LegalColumns;
                moves = moves.Then(legal[random.Next(legal.Length)]);
            }
            _games[i] = [.. moves.Columns];
        }
        _drops = _games.Sum(game => game.Length);
        if (DropAndCheckForAWin() == 0) throw new InvalidOperationException("Random games are won, nearly all of them.");
        Console.WriteLine($"// {Games} games, {_drops} drops an operation");
    }

    /// <summary>Plays 1,000 games, looking for a winner after each disc.</summary>
    [Benchmark]
    public int DropAndCheckForAWin()
    {
        var wins = 0;
        foreach (var game in _games)
        {
            var board = Board.Empty;
            foreach (var column in game)
            {
                board = board.Drop(column);
                if (board.Winner is not null) wins++;
            }
        }
        return wins;
    }

    /// <summary>Counts the move sequences of length 7: 823,536 leaves.</summary>
    [Benchmark]
    public int Perft() => Perft(Board.Empty, PerftDepth);

    private static int Perft(Board board, int depth)
    {
        if (depth == 0) return 1;
        if (board.Winner is not null) return 0;

        var leaves = 0;
        foreach (var column in Column.All)
            if (!board.IsColumnFull(column)) leaves += Perft(board.Drop(column), depth - 1);
        return leaves;
    }
}
