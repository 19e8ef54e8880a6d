namespace ConnectFour.Domain.Tests;

public sealed class BoardTests
{
    [Fact]
    public void An_empty_board_has_no_disc_and_the_first_player_moves()
    {
        var board = Board.Empty;

        Assert.Equal(default, board);
        Assert.Equal(0, board.Plies);
        Assert.Equal(Player.First, board.ToMove);
        Assert.Equal(Column.All.AsEnumerable(), board.LegalColumns);
        Assert.False(board.IsFull);
    }

    [Fact]
    public void Discs_lie_on_top_of_each_other_and_belong_to_the_players_in_turn()
    {
        var board = Board.Empty;

        foreach (var column in (int[])[4, 4, 3, 4]) board = board.Drop(Column.From(column));

        Assert.Equal(
            """
            . . . . . . .
            . . . . . . .
            . . . . . . .
            . . . O . . .
            . . . O . . .
            . . X X . . .
            """, board.ToString());
        Assert.Equal(Player.First, board[new Cell(Column.From(4), 1)]);
        Assert.Equal(Player.Second, board[new Cell(Column.From(4), 3)]);
        Assert.Null(board[new Cell(Column.From(4), 4)]);
        Assert.Equal(3, board.DiscsIn(Column.From(4)));
    }

    [Fact]
    public void A_full_column_refuses_another_disc()
    {
        var board = Notation.From("444444").Board;

        Assert.True(board.IsColumnFull(Column.From(4)));
        Assert.DoesNotContain(Column.From(4), board.LegalColumns);
        Assert.Throws<InvalidOperationException>(() => board.Drop(Column.From(4)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Rows_outside_1_to_6_are_a_programmer_s_error(int row)
    {
        var cell = new Cell(Column.From(1), row);

        Assert.Throws<ArgumentOutOfRangeException>(() => Board.Empty[cell]);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void Every_drop_adds_exactly_one_disc_to_its_column(Notation moves, Column column)
    {
        if (moves.Board.IsColumnFull(column)) return;

        var after = moves.Board.Drop(column);

        Assert.Equal(moves.Plies + 1, after.Plies);
        Assert.Equal(moves.Board.DiscsIn(column) + 1, after.DiscsIn(column));
        Assert.Equal(moves.Board.ToMove, after[new Cell(column, after.DiscsIn(column))]);
        Assert.All(Column.All.Where(other => other != column), other => Assert.Equal(moves.Board.DiscsIn(other), after.DiscsIn(other)));
    }

    [Property(Arbitrary = [typeof(LegalPlay)], MaxTest = 1_000)]
    public void The_bitboard_agrees_with_a_naive_scan_after_every_move(FinishedPlay play)
    {
        var board = Board.Empty;
        var columns = play.Moves.Columns;

        for (var ply = 0; ply < columns.Length; ply++)
        {
            board = board.Drop(columns[ply]);
            var naive = new NaiveBoard(columns.Take(ply + 1));

            Assert.Equal(naive.Winner, board.Winner);
            Assert.Equal(naive.WinningCells, board.WinningCells.Select(cell => (cell.Column.Number, cell.Row)).ToHashSet());
            Assert.All(Column.All, column => Assert.Equal(naive.IsColumnFull(column.Number), board.IsColumnFull(column)));
        }
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_drawn_board_is_full_and_has_no_line(DrawnPlay draw)
    {
        var board = draw.Moves.Board;

        Assert.True(board.IsFull);
        Assert.Empty(board.LegalColumns);
        Assert.Null(board.Winner);
        Assert.Empty(board.WinningCells);
        Assert.Null(new NaiveBoard(draw.Moves.Columns).Winner);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void On_a_nearly_full_board_too_the_bitboard_agrees_with_a_naive_scan(NearlyFullPlay play)
    {
        var boards = play.Moves.Board.LegalColumns.Select(column => (Board: play.Moves.Board.Drop(column), Naive: new NaiveBoard([.. play.Moves.Columns, column])));

        Assert.All(boards, after =>
        {
            Assert.Equal(after.Naive.Winner, after.Board.Winner);
            Assert.Equal(after.Board.Plies == 42, after.Board.IsFull);
            Assert.Equal(Enumerable.Range(1, 7).Where(column => !after.Naive.IsColumnFull(column)), after.Board.LegalColumns.Select(column => column.Number));
        });
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void Every_disc_is_a_bit_of_its_player(Notation moves)
    {
        var cells = Column.All.SelectMany(column => Enumerable.Range(1, 6).Select(row => new Cell(column, row)));

        Assert.All(cells, cell =>
        {
            var bit = 1UL << (7 * (cell.Column.Number - 1) + cell.Row - 1);
            Assert.Equal(moves.Board[cell] == Player.First, (moves.Board.BitsOf(Player.First) & bit) != 0);
            Assert.Equal(moves.Board[cell] == Player.Second, (moves.Board.BitsOf(Player.Second) & bit) != 0);
        });
        Assert.Equal(0UL, (moves.Board.BitsOf(Player.First) | moves.Board.BitsOf(Player.Second)) & 0x1020408102040);
    }

    [Fact]
    public void Draws_differ_from_seed_to_seed()
    {
        var draws = Enumerable.Range(1, 100).Select(Draws.From);

        Assert.InRange(draws.Distinct().Count(), 95, 100);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_mirrored_game_is_the_mirror_of_the_game(Notation moves)
    {
        var mirrored = moves.Columns.Aggregate(Board.Empty, (board, column) => board.Drop(column.Mirror));

        var mirror = moves.Board.Mirror();

        Assert.Equal(mirrored, mirror);
        Assert.Equal(moves.Board, mirror.Mirror());
        Assert.Equal(moves.Board.Winner, mirror.Winner);
        Assert.Equal(moves.Board.WinningCells.Select(cell => cell with { Column = cell.Column.Mirror }).ToHashSet(), mirror.WinningCells.ToHashSet());
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_diagram_reads_back_as_the_board_it_shows(Notation moves)
    {
        var diagram = moves.Board.ToString();

        Assert.Equal(moves.Board, Board.From(diagram));
    }

    [Fact]
    public void A_diagram_may_be_written_with_spaces_or_without_in_either_case_and_with_empty_lines_around()
    {
        var read = Board.From("\r\n.......\r\n.......\r\n  .......\n.......\n...o...\n. . x X O . .\n\n");

        Assert.Equal(Notation.From("4534").Board, read);
    }

    [Theory]
    [InlineData("", "A diagram has 6 lines, this one 0.")]
    [InlineData(".......\n.......\n.......\n.......\n.......", "A diagram has 6 lines, this one 5.")]
    [InlineData(".......\n.......\n.......\n......\n.......\n.......", "Row 3 has 6 cells instead of 7.")]
    [InlineData(".......\n.......\n.......\n.......\n.......\n...Y...", "'Y' in row 1 is neither '.', 'X' nor 'O'.")]
    [InlineData(".......\n.......\n.......\n.......\n...X...\n.......", "A disc floats in column 4.")]
    [InlineData(".......\n.......\n.......\n.......\n.......\n...O...", "The players alternate and X starts, so X has as many discs as O or one more.")]
    [InlineData(".......\n.......\n.......\n.......\n.......\n..XX...", "The players alternate and X starts, so X has as many discs as O or one more.")]
    public void What_is_no_diagram_is_refused_with_the_reason(string diagram, string reason)
    {
        var read = Board.TryFrom(diagram, out var board, out var problem);

        Assert.False(read);
        Assert.Equal(Board.Empty, board);
        Assert.Equal(reason, problem);
        Assert.Equal(reason, Assert.Throws<FormatException>(() => Board.From(diagram)).Message);
    }
}
