namespace ConnectFour.Infrastructure.Bots;

/// <summary>Something that a bot has to do. One of the cases nested here, and no other.</summary>
internal abstract record Duty
{
    private Duty() { }

    /// <summary>Somebody challenged it.</summary>
    public sealed record Answer(UserName Bot, UserName Challenger) : Duty;

    /// <summary>It is to move in a game on whose board it saw so many discs.</summary>
    /// <param name="IsOthers">Whether another node is about to do it.</param>
    public sealed record Turn(UserName Bot, GameId Game, int Ply, bool IsOthers = false) : Duty;
}
