namespace ConnectFour.Simulation.Tests;

/// <summary>What a client shows of a game: each version once, in order, or the whole game.</summary>
internal sealed class GameView(UserName viewer)
{
    /// <summary>0 before anything was heard.</summary>
    public int Version { get; private set; }

    /// <summary>The columns in order.</summary>
    public string Moves { get; private set; } = "";

    public Outcome? Outcome { get; private set; }

    /// <summary>Something is missing: the whole game has to be asked for.</summary>
    public bool IsBehind { get; set; }

    /// <summary>The server knows of no such game.</summary>
    public bool IsGone { get; private set; }

    public bool IsRunning => Outcome is null && !IsGone;

    public bool IsMyTurn => IsRunning && !IsBehind && Version > 0 && (int?)Side == Moves.Length % 2;

    private Player? Side { get; set; }

    /// <summary>A whole game replaces what is shown, if it is newer.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Take(Game whole)
    {
        IsBehind = false;
        if (whole.Version <= Version) return false;

        (Version, Moves, Outcome, Side, IsGone) = (whole.Version, whole.Moves.ToString(), whole.Outcome, whole.SideOf(viewer), false);
        return true;
    }

    /// <summary>The next event, if it is that.</summary>
    /// <param name="version">The game's after it.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Take(Game game, int version, GameEvent happened)
    {
        if (version > Version + 1) IsBehind = true;
        if (version != Version + 1 || IsBehind) return false;

        (Version, IsGone) = (version, false);
        Side ??= game.SideOf(viewer);
        if (happened is GameEvent.DiscDropped disc) Moves += disc.Column;
        if (happened is GameEvent.Ended ended) Outcome = ended.Outcome;
        return true;
    }

    /// <summary>What is shown may be old: the line was cut.</summary>
    public void Doubt() => IsBehind = IsRunning;

    public void Lose() => IsGone = true;
}
