namespace ConnectFour.Terminal;

/// <summary>What people are told about positions and moves.</summary>
internal static class Words
{
    private const int Wide = 38;

    public static string Status(Notation moves) => moves switch
    {
        { Board.Winner: { } winner } => $"{BoardView.Letter(winner)} wins: four in line.",
        { IsFinished: true } => "A draw: the board is full.",
        _ => $"{BoardView.Letter(moves.Board.ToMove)} to move.",
    };

    /// <summary>Why a disc cannot be dropped, or null if it can.</summary>
    public static string? Objection(Notation moves, Column column) =>
        moves.IsFinished ? "The game is over." : moves.Board.IsColumnFull(column) ? $"Column {column} is full." : null;

    /// <summary>The score of a position that is not over, for a person.</summary>
    public static string Verdict(Board board, Score score)
    {
        var mover = BoardView.Letter(board.ToMove);
        var soon = score.PliesLeft(board) is > 1 and var discs ? $"in {discs} discs" : "with the next disc";
        return score.Verdict switch
        {
            Engine.Verdict.Win => $"{mover} to move wins {soon}.",
            Engine.Verdict.Draw => $"{mover} to move holds a draw.",
            Engine.Verdict.Loss => $"{mover} to move loses {soon}.",
        };
    }

    /// <summary>A notation in lines that fit beside the board, seven moves to a group.</summary>
    public static IEnumerable<SceneLine> Moves(string title, string notation)
    {
        yield return new($"{title} ({notation.Length})", Ink.Dim);
        foreach (var line in notation.Chunk(7).Select(group => new string(group)).Chunk((Wide + 1) / 8)) yield return new(string.Join(' ', line));
    }

    public static Column Beside(Column column, int step) => Column.From(Math.Clamp(column.Number + step, 1, Column.Count));

    public static string Clock(TimeSpan left) =>
        left < TimeSpan.FromSeconds(10)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0:0{Math.Floor(left.TotalSeconds * 10) / 10:0.0}")
            : $"{(int)left.TotalMinutes}:{left.Seconds:00}";
}
