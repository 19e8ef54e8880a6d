namespace ConnectFour.Domain;

/// <summary>How a game ended. One of the cases nested here, and no other.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Who won, or null for a draw.</summary>
    public abstract Player? Winner { get; }

    /// <summary>How it came to that, in the word that records and messages use: <c>four</c>, <c>full</c>, <c>forfeit</c>, <c>flag</c> or <c>absence</c>.</summary>
    public abstract string Reason { get; }

    /// <summary>Of whom the reason speaks: who made the line, gave up, ran out of time or stayed away; null for a full board.</summary>
    public Player? Subject => this is FourInLine ? Winner : Winner?.Opponent;

    /// <summary>Whether a game can have ended so with this board: four in line and a full board are what the board shows, and everything else comes before them.</summary>
    public bool IsPossible(Board board, TimeControl? control) => this switch
    {
        FourInLine four => four.By == board.Winner && four.Cells == board.WinningCells,
        FullBoard => board.IsFull && board.Winner is null,
        Flag flag => control is not null && flag.Of == board.ToMove && !board.IsFull && board.Winner is null,
        _ => !board.IsFull && board.Winner is null,
    };

    /// <param name="By">Who made the line.</param>
    /// <param name="Cells">The line's four cells; more if one disc completed several lines.</param>
    public sealed record FourInLine(Player By, CellSet Cells) : Outcome
    {
        public override Player? Winner => By;
        public override string Reason => "four";
    }

    /// <summary>42 discs and no line: a draw.</summary>
    public sealed record FullBoard : Outcome
    {
        public override Player? Winner => null;
        public override string Reason => "full";
    }

    /// <summary>A player gave the game up.</summary>
    public sealed record Forfeit(Player By) : Outcome
    {
        public override Player? Winner => By.Opponent;
        public override string Reason => "forfeit";
    }

    /// <summary>A player's time ran out.</summary>
    public sealed record Flag(Player Of) : Outcome
    {
        public override Player? Winner => Of.Opponent;
        public override string Reason => "flag";
    }

    /// <summary>A player stayed away longer than the grace period.</summary>
    public sealed record Absence(Player Of) : Outcome
    {
        public override Player? Winner => Of.Opponent;
        public override string Reason => "absence";
    }
}
