namespace ConnectFour.Terminal;

/// <summary>Lays a scene out on a screen of 80 columns and 24 rows.</summary>
/// <param name="unicode">Whether lines may be drawn with more than ASCII has.</param>
internal sealed class ScreenPainter(bool unicode)
{
    public const int Width = 80;
    public const int Height = 24;

    /// <summary>How many lines there are beside the board.</summary>
    public const int SideLines = 15;

    private const int Left = 3;
    private const int CellWidth = 4;
    private const int CursorRow = 2;
    private const int Top = 3;
    private const int NumbersRow = Top + 2 * Board.Rows + 1;
    private const int SideColumn = 38;
    private const int StatusRow = 19;
    private const int HintRow = 22;

    private readonly string _top = unicode ? "┌───┬┐" : "+---++";
    private readonly string _middle = unicode ? "├───┼┤" : "+---++";
    private readonly string _bottom = unicode ? "└───┴┘" : "+---++";
    private readonly string _wall = unicode ? "│" : "|";

    /// <param name="entry">What is being typed, or null.</param>
    public Canvas Paint(Scene scene, string? entry = null)
    {
        var canvas = new Canvas(Width, Height);
        canvas.Write(0, 1, scene.Title, Ink.Strong);
        if (scene.Board is { } board) Paint(canvas, board);

        var side = scene.Clocks.AddRange(scene.Side);
        for (var i = 0; i < Math.Min(side.Length, SideLines); i++)
            canvas.Write(Top + i, scene.Board is null ? Left : SideColumn, side[i].Text, side[i].Ink);

        canvas.Write(StatusRow, Left, scene.Status, Ink.Strong);
        canvas.Write(StatusRow + 1, Left, scene.Notice, Ink.Alert);
        if (entry is not null)
        {
            // The end is where one types.
            var shown = entry.Length > Width - Left - 3 ? entry[^(Width - Left - 3)..] : entry;
            canvas.Write(StatusRow + 2, Left, $"> {shown}_", Ink.Strong);
        }
        var hints = entry is null ? scene.KeyHint : "Enter: do it   Esc: leave it";
        foreach (var (i, line) in hints.Split('\n').Index()) canvas.Write(HintRow + i, Left, line, Ink.Dim);
        return canvas;
    }

    private void Paint(Canvas canvas, BoardView view)
    {
        if (view.Cursor is { } cursor) canvas.Write(CursorRow, At(cursor) + 1, "v", Ink.Strong);

        canvas.Write(Top, Left, Rule(_top));
        var winning = view.Board.WinningCells.ToHashSet();
        for (var row = Board.Rows; row >= 1; row--)
        {
            var line = Top + 1 + 2 * (Board.Rows - row);
            foreach (var column in Column.All)
            {
                canvas.Write(line, At(column) - 1, _wall);
                Paint(canvas, line, view, new Cell(column, row), winning);
            }
            canvas.Write(line, Left + CellWidth * Column.Count, _wall);
            canvas.Write(line + 1, Left, Rule(row > 1 ? _middle : _bottom));
        }

        foreach (var column in Column.All)
        {
            canvas.Write(NumbersRow, At(column) + 1, $"{column}", Ink.Strong);
            if (view.Scores is { } scores) canvas.Write(NumbersRow + 1, At(column) - 1, scores.Words[column.Number - 1].PadLeft(3), scores.Inks[column.Number - 1]);
        }
    }

    // A disc is a letter as well as a colour; brackets mark the last one and those that have won.
    private static void Paint(Canvas canvas, int line, BoardView view, Cell cell, HashSet<Cell> winning)
    {
        if (view.Board[cell] is not { } player) return;

        var letter = BoardView.Letter(player);
        var disc = winning.Contains(cell) ? $"[{letter}]" : cell == view.LastCell ? $"({letter})" : $" {letter} ";
        canvas.Write(line, At(cell.Column), disc, view.ColourOf(player).Ink);
    }

    /// <param name="pieces">The left end, a cell's three, what is between cells, the right end.</param>
    private static string Rule(string pieces) => pieces[0] + string.Join(pieces[4], Enumerable.Repeat(pieces[1..4], Column.Count)) + pieces[5];

    private static int At(Column column) => Left + 1 + CellWidth * (column.Number - 1);
}
