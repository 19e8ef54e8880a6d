namespace ConnectFour.Terminal;

/// <summary>What there is to be seen, whether on a screen or line by line.</summary>
internal sealed record Scene
{
    public required string Title { get; init; }

    public BoardView? Board { get; init; }

    /// <summary>What changes with every second and alone is no news.</summary>
    public ImmutableArray<SceneLine> Clocks { get; init; } = [];

    /// <summary>Beside the board, or in its place. At most <see cref="ScreenPainter.SideLines"/> with the clocks.</summary>
    public ImmutableArray<SceneLine> Side { get; init; } = [];

    public string Status { get; init; } = "";

    /// <summary>What came of the last command, if that has to be said.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Which keys do what.</summary>
    public string KeyHint { get; init; } = "";

    /// <summary>Which words do what, where commands are read line by line.</summary>
    public string WordHint { get; init; } = "";
}

internal readonly record struct SceneLine(string Text, Ink Ink = Ink.Plain);

/// <summary>A board as it is shown.</summary>
internal sealed record BoardView(Board Board)
{
    public DiscColour First { get; init; } = Player.First.UsualColour;

    public DiscColour Second { get; init; } = Player.Second.UsualColour;

    /// <summary>The column of the last disc, or null.</summary>
    public Column? Last { get; init; }

    /// <summary>The column that is pointed at, or null.</summary>
    public Column? Cursor { get; init; }

    /// <summary>What each column is worth, or null where that is not shown.</summary>
    public ScoreLine? Scores { get; init; }

    public Cell? LastCell => Last is { } column && Board.DiscsIn(column) is > 0 and var row ? new Cell(column, row) : null;

    public static char Letter(Player player) => player == Player.First ? 'X' : 'O';

    public DiscColour ColourOf(Player player) => player == Player.First ? First : Second;
}

/// <summary>A word of up to three characters for each column.</summary>
internal sealed record ScoreLine(ImmutableArray<string> Words, ImmutableArray<Ink> Inks)
{
    public const string Unknown = "..";
    public const string Full = "-";

    /// <summary>Scores for the side to move; as long as they are being searched for, dots.</summary>
    public static ScoreLine Of(Board board, Analysis? analysis) => new(
        [.. Column.All.Select(column => analysis?[column] switch
        {
            { IsExact: true } bounds => bounds.ToString(),
            null when board.IsColumnFull(column) || analysis is not null => Full,
            _ => Unknown,
        })],
        [.. Column.All.Select(column => analysis?[column] is not { IsExact: true } bounds ? Ink.Dim : bounds.Exact.Verdict switch
        {
            Verdict.Win => Ink.Good,
            Verdict.Draw => Ink.Plain,
            Verdict.Loss => Ink.Bad,
        })]);
}
