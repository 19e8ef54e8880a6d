namespace ConnectFour.Domain;

/// <summary>A side of a game: who plays it, in which colour.</summary>
public sealed record Seat(UserName Name, DiscColour Colour)
{
    /// <summary>
    /// The seats of a new game. The challenged always gets their preferred colour; the challenger gets theirs unless it is the same, then its counterpart.
    /// Without preference the first player is red and the second yellow.
    /// </summary>
    /// <param name="first">Who starts: one of the two.</param>
    public static (Seat First, Seat Second) Assign(User challenged, User challenger, UserName first)
    {
        var side = challenged.Name == first ? Player.First : Player.Second;
        var mine = challenged.Colour ?? side.UsualColour;
        var theirs = challenger.Colour ?? side.Opponent.UsualColour;
        if (theirs == mine) theirs = mine.Counterpart;

        var (own, other) = (new Seat(challenged.Name, mine), new Seat(challenger.Name, theirs));
        return side == Player.First ? (own, other) : (other, own);
    }
}
