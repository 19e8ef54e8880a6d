namespace ConnectFour.Infrastructure.Redis;

/// <summary>How far this node's audience has heard of a game.</summary>
internal sealed class FollowedGame
{
    public Lock Lock { get; } = new();

    /// <summary>The game as it was told of last; null before the first time.</summary>
    public Game? Game { get; set; }

    /// <summary>0 before the first time.</summary>
    public int Version => Game?.Version ?? 0;

    /// <summary>When something was last heard of it: a timestamp.</summary>
    public required long HeardAt { get; set; }

    /// <summary>Whether the journal is being read for what was missed.</summary>
    public bool IsFilling { get; set; }

    /// <summary>The newest version that was heard of.</summary>
    public int Newest { get; set; }
}
