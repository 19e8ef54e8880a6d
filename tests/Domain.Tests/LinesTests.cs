namespace ConnectFour.Domain.Tests;

/// <summary>Each of the 69 lines by itself.</summary>
public sealed class LinesTests
{
    public static TheoryData<string> Lines => [.. NaiveBoard.Lines.Select(line => string.Join(' ', line.Select(cell => $"{cell.Column}/{cell.Row}")))];

    [Fact]
    public void There_are_69_lines()
    {
        Assert.Equal(69, NaiveBoard.Lines.Select(line => string.Join(' ', line.Order())).Distinct().Count());
    }

    [Theory, MemberData(nameof(Lines))]
    public void A_line_of_one_player_alone_wins_with_exactly_its_cells(string line)
    {
        var cells = Cells(line);

        var board = With(cells);

        Assert.Equal(Player.First, board.Winner);
        Assert.Equal(cells.Order(), board.WinningCells.Select(cell => (cell.Column.Number, cell.Row)).Order());
    }

    [Theory, MemberData(nameof(Lines))]
    public void Three_of_a_line_do_not_win(string line)
    {
        var cells = Cells(line);

        var boards = cells.Select(missing => With(cells.Where(cell => cell != missing)));

        Assert.All(boards, board => Assert.Null(board.Winner));
        Assert.All(boards, board => Assert.Empty(board.WinningCells));
    }

    [Fact]
    public void A_line_does_not_run_over_the_top_of_a_column_into_the_next()
    {
        var board = With([(3, 5), (3, 6), (4, 1), (4, 2)]);

        Assert.Null(board.Winner);
    }

    /// <summary>Four cells at equal distances in the board's memory, in each direction: only those that are lines to the eye win.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Four_neighbouring_bits_win_only_where_they_are_a_line(int step)
    {
        var lines = NaiveBoard.Lines.Select(line => string.Join(' ', line.Order())).ToHashSet();
        var cells = from column in Enumerable.Range(1, 7) from row in Enumerable.Range(1, 6) select (Column: column, Row: row);
        var byBit = cells.ToDictionary(cell => (cell.Column - 1) * 7 + cell.Row - 1);

        // Bits that are no cells are left out.
        var fours = byBit.Keys.Select(bit => Enumerable.Range(0, 4).Select(i => bit + i * step).Where(byBit.ContainsKey).Select(place => byBit[place]).ToArray());

        Assert.All(fours, four => Assert.Equal(lines.Contains(string.Join(' ', four.Order())), With(four).Winner is not null));
    }

    [Fact]
    public void One_disc_that_completes_several_lines_wins_with_the_cells_of_all()
    {
        var board = With([(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (4, 3), (4, 4)]);

        Assert.Equal(Player.First, board.Winner);
        Assert.Equal(7, board.WinningCells.Count);
    }

    // Bits are set directly: most of these positions do not arise from alternating turns.
    private static Board With(IEnumerable<(int Column, int Row)> cells)
    {
        var bits = cells.Aggregate(0UL, (sum, cell) => sum | 1UL << ((cell.Column - 1) * 7 + cell.Row - 1));
        var constructor = typeof(Board).GetConstructors(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance).Single(c => c.GetParameters().Length == 2);
        return (Board)constructor.Invoke([bits, 0UL]);
    }

    private static (int Column, int Row)[] Cells(string line) => [.. line.Split(' ').Select(cell => (cell[0] - '0', cell[2] - '0'))];
}
