using ConnectFour.Domain;

namespace ConnectFour.TestKit;

/// <summary>The rules as a person would write them down: a grid and a scan. What the bitboard is held against.</summary>
public sealed class NaiveBoard
{
    private const int Width = 7;
    private const int Height = 6;

    private readonly Player?[,] _grid = new Player?[Width, Height];
    private int _plies;

    public NaiveBoard(IEnumerable<Column> columns)
    {
        foreach (var column in columns) Drop(column.Number);
    }

    /// <summary>All lines of four cells that there are on a board.</summary>
    public static IReadOnlyList<IReadOnlyList<(int Column, int Row)>> Lines { get; } =
    [
        .. from column in Enumerable.Range(1, Width)
           from row in Enumerable.Range(1, Height)
           from step in new (int Columns, int Rows)[] { (1, 0), (0, 1), (1, 1), (1, -1) }
           let line = Enumerable.Range(0, 4).Select(i => (Column: column + i * step.Columns, Row: row + i * step.Rows)).ToArray()
           where line.All(cell => cell.Column is >= 1 and <= Width && cell.Row is >= 1 and <= Height)
           select line,
    ];

    public Player? At(int column, int row) => _grid[column - 1, row - 1];

    public bool IsColumnFull(int column) => At(column, Height) is not null;

    public Player? Winner => Won().Select(line => At(line[0].Column, line[0].Row)).FirstOrDefault();

    /// <summary>The cells of all complete lines.</summary>
    public IReadOnlySet<(int Column, int Row)> WinningCells => Won().SelectMany(line => line).ToHashSet();

    private IEnumerable<IReadOnlyList<(int Column, int Row)>> Won() =>
        Lines.Where(line => line.Select(cell => At(cell.Column, cell.Row)).Distinct().ToArray() is [not null]);

    private void Drop(int column)
    {
        var row = Enumerable.Range(1, Height).First(row => At(column, row) is null);
        _grid[column - 1, row - 1] = _plies++ % 2 == 0 ? Player.First : Player.Second;
    }
}
