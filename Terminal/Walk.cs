namespace ConnectFour.Terminal;

/// <summary>A game and a place in it.</summary>
/// <param name="Ply">How many moves of the line have been made, 0 to all of them.</param>
internal readonly record struct Walk(Notation Line, int Ply)
{
    /// <summary>The moves up to here.</summary>
    public Notation Here => Notation.From(Line.ToString()[..Ply]);

    public Column? Last => Ply > 0 ? Line[Ply - 1] : null;

    public static Walk Along(Notation line) => new(line, 0);

    public static Walk AtEndOf(Notation line) => new(line, line.Plies);

    public Walk Back() => JumpTo(Ply - 1);

    public Walk Forward() => JumpTo(Ply + 1);

    /// <summary>To the nearest ply that there is.</summary>
    public Walk JumpTo(int ply) => this with { Ply = Math.Clamp(ply, 0, Line.Plies) };

    /// <summary>One move on; if it is another than the line's, the line goes on from it.</summary>
    /// <exception cref="InvalidOperationException">The column is full, or the game is over here.</exception>
    public Walk Drop(Column column) => Ply < Line.Plies && Line[Ply] == column ? Forward() : AtEndOf(Here.Then(column));
}
