namespace ConnectFour.Domain.Tests;

/// <summary>Published counts: a move generator that is wrong anywhere does not arrive at them.</summary>
public sealed class CountsTests
{
    [Fact]
    public void Distinct_positions_by_ply_are_as_published()
    {
        int[] published = [1, 7, 49, 238, 1120, 4263, 16422, 54859, 184275, 558186];

        var counted = new List<int>();
        HashSet<Board> positions = [Board.Empty];
        for (var ply = 0; ply < published.Length; ply++)
        {
            counted.Add(positions.Count);
            positions = [.. positions.Where(board => board.Winner is null).SelectMany(board => board.LegalColumns.Select(board.Drop))];
        }

        Assert.Equal(published, counted);
    }

    [Fact]
    public void Move_sequences_of_each_length_are_as_published()
    {
        int[] published = [7, 49, 343, 2401, 16807, 117649, 823536, 5673234];

        var counted = Enumerable.Range(1, published.Length).Select(length => Sequences(Board.Empty, length));

        Assert.Equal(published, counted);
    }

    private static int Sequences(Board board, int length)
    {
        if (length == 0) return 1;
        if (board.Winner is not null) return 0;

        var count = 0;
        foreach (var column in Column.All)
            if (!board.IsColumnFull(column)) count += Sequences(board.Drop(column), length - 1);
        return count;
    }
}
