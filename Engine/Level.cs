namespace ConnectFour.Engine;

/// <summary>How strong a bot plays: each gives away less on purpose than the one before.</summary>
public enum Level
{
    Rookie,
    Casual,
    Club,
    Master,
    Perfect,
}
