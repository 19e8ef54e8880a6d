using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace ConnectFour.Domain;

/// <summary>
/// A position: 7 columns, 6 rows, the discs of both players. An immutable value of two 64-bit words; the default is the empty board.
/// It knows discs and lines, not when a game is over: whoever drops a disc after a win has asked for it.
/// </summary>
public readonly record struct Board
{
    public const int Rows = 6;
    public const int Cells = Rows * Column.Count;

    // A column takes seven bits: its six cells from the bottom, and a seventh that stays empty, so that
    // no line found by shifting can run over the top of one column into the foot of the next.
    //
    //      6 13 20 27 34 41 48     always empty
    //      5 12 19 26 33 40 47     row 6
    //      4 11 18 25 32 39 46
    //      3 10 17 24 31 38 45
    //      2  9 16 23 30 37 44
    //      1  8 15 22 29 36 43
    //      0  7 14 21 28 35 42     row 1
    private const int Height = Rows + 1;
    private const ulong ColumnMask = (1UL << Rows) - 1;

    private readonly ulong _first;
    private readonly ulong _second;

    private Board(ulong first, ulong second) => (_first, _second) = (first, second);

    public static Board Empty => default;

    /// <summary>How many discs are on the board, 0 to 42.</summary>
    public int Plies => BitOperations.PopCount(Occupied);

    /// <summary>Whose disc the next one is: the players alternate, and the first one starts.</summary>
    public Player ToMove => (Plies & 1) == 0 ? Player.First : Player.Second;

    public bool IsFull => Plies == Cells;

    /// <summary>The columns with room for a disc, from the left.</summary>
    public ImmutableArray<Column> LegalColumns
    {
        get
        {
            var columns = ImmutableArray.CreateBuilder<Column>(Column.Count);
            foreach (var column in Column.All)
                if (!IsColumnFull(column)) columns.Add(column);
            return columns.DrainToImmutable();
        }
    }

    /// <summary>Who has four in line, or null. Only the last disc can have made it.</summary>
    public Player? Winner => HasFour(_first) ? Player.First : HasFour(_second) ? Player.Second : null;

    /// <summary>Every cell that belongs to a line of four: none, four, or more where one disc completed several lines.</summary>
    public CellSet WinningCells => new(Fours(_first) | Fours(_second));

    private ulong Occupied => _first | _second;

    /// <summary>Whose disc lies in the cell, or null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is not 1 to 6.</exception>
    public Player? this[Cell cell]
    {
        get
        {
            var bit = BitOf(cell);
            return (_first & bit) != 0 ? Player.First : (_second & bit) != 0 ? Player.Second : null;
        }
    }

    /// <summary>The discs of a player as bits: the cell in column c and row r is bit 7 (c - 1) + r - 1, and every seventh bit is empty. For programs that compute a lot, such as an engine.</summary>
    public ulong BitsOf(Player player) => player == Player.First ? _first : _second;

    /// <summary>How many discs lie in the column, 0 to 6.</summary>
    public int DiscsIn(Column column) => BitOperations.PopCount(Occupied >> (column.Index * Height) & ColumnMask);

    public bool IsColumnFull(Column column) => (Occupied & 1UL << (column.Index * Height + Rows - 1)) != 0;

    /// <summary>The board with one more disc, of the player to move, on top of the column.</summary>
    /// <exception cref="InvalidOperationException">The column is full.</exception>
    public Board Drop(Column column)
    {
        if (IsColumnFull(column)) throw new InvalidOperationException($"Column {column} is full.");

        // Adding the bottom cell's bit to a stack of ones carries into the lowest empty cell.
        var disc = (Occupied + (1UL << (column.Index * Height))) & ~Occupied & ColumnMask << (column.Index * Height);
        return ToMove == Player.First ? new(_first | disc, _second) : new(_first, _second | disc);
    }

    /// <summary>The board as seen from the other side.</summary>
    public Board Mirror() => new(Mirror(_first), Mirror(_second));

    /// <summary>
    /// Reads a diagram of six lines of seven cells, row 6 on top: <c>.</c> empty, <c>X</c> player 1, <c>O</c> player 2; white space around and between cells is free.
    /// </summary>
    /// <exception cref="FormatException">The text is no diagram, a disc floats, or the numbers of discs do not fit alternating turns.</exception>
    public static Board From(string diagram) => TryFrom(diagram, out var board, out var problem) ? board : throw new FormatException(problem);

    /// <inheritdoc cref="From"/>
    /// <param name="problem">What is wrong with the diagram, for a person; null if nothing is.</param>
    public static bool TryFrom(string diagram, out Board board, out string? problem)
    {
        board = default;
        (board, problem) = Read(diagram);
        return problem is null;
    }

    /// <summary>A diagram that <see cref="From"/> reads back.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Rows * 2 * Column.Count);
        for (var row = Rows; row >= 1; row--)
            foreach (var column in Column.All)
                text.Append(this[new Cell(column, row)] switch { null => '.', Player.First => 'X', _ => 'O' })
                    .Append(column.Number < Column.Count ? ' ' : '\n');
        return text.ToString(0, text.Length - 1);
    }

    internal static Cell CellAt(int bit) => new(Column.From(bit / Height + 1), bit % Height + 1);

    private static ulong BitOf(Cell cell) => cell.Row is >= 1 and <= Rows
        ? 1UL << (cell.Column.Index * Height + cell.Row - 1)
        : throw new ArgumentOutOfRangeException(nameof(cell), cell.Row, "Rows are numbered 1 to 6.");

    // The four directions of a line as distances between the bits of neighbouring cells.
    private static ReadOnlySpan<int> Directions => [1, Height, Height - 1, Height + 1];

    private static bool HasFour(ulong discs)
    {
        foreach (var step in Directions)
        {
            var pairs = discs & discs >> step;
            if ((pairs & pairs >> 2 * step) != 0) return true;
        }
        return false;
    }

    private static ulong Fours(ulong discs)
    {
        var cells = 0UL;
        foreach (var step in Directions)
        {
            var pairs = discs & discs >> step;
            var starts = pairs & pairs >> 2 * step;
            cells |= starts | starts << step | starts << 2 * step | starts << 3 * step;
        }
        return cells;
    }

    private static ulong Mirror(ulong discs)
    {
        var mirrored = 0UL;
        foreach (var column in Column.All)
            mirrored |= (discs >> (column.Index * Height) & ColumnMask) << (column.Mirror.Index * Height);
        return mirrored;
    }

    private static (Board, string?) Read(string diagram)
    {
        var lines = diagram.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != Rows) return (default, $"A diagram has {Rows} lines, this one {lines.Length}.");

        ulong first = 0, second = 0;
        for (var row = Rows; row >= 1; row--)
        {
            var cells = string.Concat(lines[Rows - row].Where(c => !char.IsWhiteSpace(c)));
            if (cells.Length != Column.Count) return (default, $"Row {row} has {cells.Length} cells instead of {Column.Count}.");

            foreach (var column in Column.All)
            {
                var bit = BitOf(new Cell(column, row));
                switch (cells[column.Index])
                {
                    case '.': break;
                    case 'X' or 'x': first |= bit; break;
                    case 'O' or 'o': second |= bit; break;
                    case var other: return (default, $"'{other}' in row {row} is neither '.', 'X' nor 'O'.");
                }
            }
        }
        return Check(new Board(first, second));
    }

    private static (Board, string?) Check(Board board)
    {
        foreach (var column in Column.All)
        {
            var stack = board.Occupied >> (column.Index * Height) & ColumnMask;
            if ((stack & (stack + 1)) != 0) return (default, $"A disc floats in column {column}.");
        }

        var lead = BitOperations.PopCount(board._first) - BitOperations.PopCount(board._second);
        return lead is 0 or 1 ? (board, null) : (default, "The players alternate and X starts, so X has as many discs as O or one more.");
    }
}
