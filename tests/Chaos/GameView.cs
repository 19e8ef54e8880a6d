using System.Text.Json.Nodes;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>What one client shows of one game, put together from messages as docs/protocol.md says.</summary>
internal sealed class GameView(GameId id, UserName viewer)
{
    public GameId Id => id;

    /// <summary>0 as long as the client has only heard of the game.</summary>
    public int Version { get; private set; }

    public string Moves { get; private set; } = "";

    /// <summary>How the game ended, or null.</summary>
    public (int Version, Player? Winner, string Reason)? End { get; private set; }

    /// <summary>Something is missing: the whole game has to be asked for.</summary>
    public bool IsBehind { get; private set; } = true;

    /// <summary>The server does not know the game.</summary>
    public bool IsGone { get; private set; }

    public bool IsRunning => End is null && !IsGone;

    public bool IsMyTurn => IsRunning && !IsBehind && (int?)Side == Moves.Length % 2;

    private Player? Side { get; set; }

    /// <summary>A whole game replaces what is shown, if it is not older.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Take(JsonObject whole)
    {
        var (version, moves) = ((int)whole["version"]!, (string)whole["moves"]!);
        IsBehind = false;
        if (version < Version) return false;

        var changed = version != Version || moves != Moves;
        (Version, Moves, IsGone) = (version, moves, false);
        Side = (string?)whole["players"]![0]!["name"] == viewer.Text ? Player.First : Player.Second;
        End = whole["result"] is { } result ? (version, (Player?)(int?)result["winner"], (string)result["reason"]!) : null;
        return changed;
    }

    public bool TakeMove(JsonObject moved)
    {
        if (!IsNext(moved)) return false;

        Moves += (int)moved["column"]!;
        return true;
    }

    public bool TakeEnd(JsonObject over)
    {
        if (!IsNext(over)) return false;

        End = (Version, (Player?)(int?)over["winner"], (string)over["reason"]!);
        return true;
    }

    /// <summary>The server has lost what came last, and says so: what is shown is forgotten, and the whole game asked for.</summary>
    public void SetBack() => (Version, Moves, End, IsBehind) = (0, "", null, true);

    /// <summary>What is shown may be old: the line was cut.</summary>
    public void Doubt() => IsBehind = IsRunning;

    public void Lose() => IsGone = true;

    private bool IsNext(JsonObject message)
    {
        var version = (int)message["version"]!;
        if (version > Version + 1) IsBehind = true;
        if (version != Version + 1 || IsBehind) return false;

        Version = version;
        return true;
    }
}
