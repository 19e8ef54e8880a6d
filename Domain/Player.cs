namespace ConnectFour.Domain;

/// <summary>One of the two sides. <see cref="First"/> starts.</summary>
public enum Player
{
    First = 0,
    Second = 1,
}

public static class PlayerExtensions
{
    extension(Player player)
    {
        public Player Opponent => player == Player.First ? Player.Second : Player.First;

        /// <summary>The disc colour of a player without preference.</summary>
        public DiscColour UsualColour => player == Player.First ? DiscColour.Red : DiscColour.Yellow;
    }
}
