namespace ConnectFour.Engine.Tests;

public sealed class BookTests
{
    /// <summary>How many positions are searched: each takes up to some seconds.</summary>
    private const int Sample = 6;

    private readonly Position[][] _openings = [.. Openings.ByPly().Take(Book.Opening.LastPly + 1)];

    [Fact]
    public void The_empty_board_is_a_win_in_the_centre_a_draw_beside_it_and_lost_further_out()
    {
        var analysis = new Solver().Analyse(Board.Empty);

        Assert.Equal([-2, -1, 0, 1, 0, -1, -2], Column.All.Select(column => analysis[column]!.Value.Exact.Value));
        Assert.Equal([Column.From(4)], analysis.BestColumns);
        Assert.Equal(0, analysis.Nodes);
    }

    [Fact]
    public void The_book_says_what_a_search_finds()
    {
        var solver = new Solver(new SolverOptions { UsesBook = false });
        var last = _openings[^1];
        var sample = Enumerable.Range(0, Sample).Select(number => last[(2 * number + 1) * last.Length / (2 * Sample)]);

        Assert.All(sample, position => Assert.Equal(solver.Solve(position).Score.Value, Book.Opening.Find(position)));
    }

    [Fact]
    public void In_the_book_too_a_position_is_worth_as_much_as_its_best_move()
    {
        var earlier = _openings.SkipLast(1).SelectMany(positions => positions).Where(position => position.WinningMoves == 0);

        Assert.All(earlier, position => Assert.Equal(Openings.Next(position).Max(next => -Book.Opening.Find(next)), Book.Opening.Find(position)));
    }

    [Fact]
    public void Every_balanced_opening_is_a_draw_in_which_there_is_something_to_find()
    {
        var solver = new Solver();

        Assert.All(BalancedOpenings.All, opening =>
        {
            var analysis = solver.Analyse(opening.Board);
            Assert.Equal((true, 0), (analysis.Bounds.IsExact, analysis.Score.Value));
            Assert.InRange(analysis.BestColumns.Length, 2, opening.Board.LegalColumns.Length - 1);
        });
    }

    [Fact]
    public void A_position_and_its_mirror_image_are_one_in_the_book()
    {
        var board = Notation.From("13").Board;

        Assert.NotNull(Book.Opening.Find(Position.Of(board)));
        Assert.Equal(Book.Opening.Find(Position.Of(board)), Book.Opening.Find(Position.Of(board.Mirror())));
    }

    [Fact]
    public void A_book_reads_back_as_it_was_written()
    {
        var scores = Openings.ByPly().ElementAt(2).ToDictionary(position => position.Key, position => Book.Opening.Find(position)!.Value);
        using var file = new MemoryStream();

        Book.From(2, scores).Write(file);

        file.Position = 0;
        var read = Book.Read(file);
        Assert.Equal(2, read.LastPly);
        Assert.All(Openings.ByPly().Take(3).SelectMany(positions => positions), position => Assert.Equal(Book.Opening.Find(position), read.Find(position)));
        Assert.Null(read.Find(Position.Of(Notation.From("123").Board)));
    }

    [Fact]
    public void There_are_as_many_openings_as_others_have_counted()
    {
        // The known numbers of positions count mirror images apart: 1, 7, 49, 238, 1120, 4263, 16422.
        var counts = Openings.ByPly().Take(7).Select(positions => positions.Sum(position => position.Key == new Position(Bits.Mirror(position.Own), Bits.Mirror(position.Occupied)).Key ? 1 : 2));

        Assert.Equal([1, 7, 49, 238, 1120, 4263, 16422], counts);
    }
}
