namespace ConnectFour.Domain;

/// <summary>A user's record: how many of their finished games they won, lost and drew.</summary>
public readonly record struct Tally(int Wins, int Losses, int Draws)
{
    /// <summary>The record after one more game.</summary>
    /// <param name="side">Which side the user played.</param>
    public Tally With(Outcome outcome, Player side) => outcome.Winner switch
    {
        null => this with { Draws = Draws + 1 },
        { } winner when winner == side => this with { Wins = Wins + 1 },
        _ => this with { Losses = Losses + 1 },
    };
}
