using System.Diagnostics;

namespace ConnectFour.Terminal.Online;

/// <summary>A game as the server has told it.</summary>
internal sealed record OnlineGame(string Id, int Version, ImmutableArray<WirePlayer> Players, Notation Moves, Player? ToMove)
{
    public WireClock? Clock { get; init; }

    /// <summary>When the clock was told, as a reading of our own.</summary>
    public TimeSpan ToldAt { get; init; }

    public WireResult? Result { get; init; }

    /// <summary>What has been sent for the ply to come and not been confirmed.</summary>
    public Column? Sent { get; init; }

    public bool IsOver => Result is not null;

    /// <summary>Null if a server sent what is no game.</summary>
    public static OnlineGame? From(ServerMessage.WholeGame told, TimeSpan now) =>
        told.Players.Length == 2 && Notation.TryFrom(told.Moves, out var moves, out _)
            ? new(told.Id, told.Version, told.Players, moves, (Player?)told.ToMove) { Clock = told.Clock, ToldAt = now, Result = told.Result }
            : null;

    public Player? SideOf(string name) => Players.Index().Where(player => string.Equals(player.Item.Name, name, StringComparison.OrdinalIgnoreCase)).Select(player => (Player?)player.Index).FirstOrDefault();

    /// <summary>What is left to a player, or null without clocks. Only the server decides when it is over.</summary>
    public TimeSpan? Left(Player player, TimeSpan now)
    {
        if (Clock is not { Remaining.Length: 2 } clock) return null;

        var left = TimeSpan.FromMilliseconds(clock.Remaining[(int)player]);
        if (ToMove == player && !IsOver) left -= now - ToldAt;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The next disc; null if it does not fit, and then the whole game is to be asked for.</summary>
    public OnlineGame? After(ServerMessage.Moved moved, TimeSpan now)
    {
        if (moved.Version != Version + 1 || moved.Ply != Moves.Plies || !Column.TryFrom(moved.Column, out var column) || Words.Objection(Moves, column) is not null) return null;

        var moves = Moves.Then(column);
        return this with
        {
            Version = moved.Version,
            Moves = moves,
            ToMove = moves.IsFinished ? null : moves.Board.ToMove,
            Clock = Clock is not null && moved.Remaining is { } remaining ? Clock with { Remaining = remaining } : Clock,
            ToldAt = now,
            Sent = null,
        };
    }

    public OnlineGame After(ServerMessage.GameOver over, TimeSpan now) => this with
    {
        Version = over.Version,
        ToMove = null,
        Clock = Clock is null ? null : Clock with { Remaining = [(long)Left(Player.First, now)!.Value.TotalMilliseconds, (long)Left(Player.Second, now)!.Value.TotalMilliseconds] },
        Result = new(over.Winner, over.Reason),
        Sent = null,
    };

    public DiscColour ColourOf(Player player) =>
        Enum.TryParse<DiscColour>(Players[(int)player].Colour, ignoreCase: true, out var colour) ? colour : player.UsualColour;

    /// <summary>How it ended, as one of the two sees it.</summary>
    public string Ending(string name)
    {
        if (Result is not { } result) throw new UnreachableException();
        if (result.Winner is not (0 or 1)) return "A draw: the board is full.";

        var won = SideOf(name) == (Player)result.Winner;
        var (winner, loser) = (Players[result.Winner.Value].Name, Players[1 - result.Winner.Value].Name);
        return $"{(won ? "You win" : $"{winner} wins")}: " + result.Reason switch
        {
            "four" => "four in line.",
            "forfeit" => won ? $"{loser} gave up." : "you gave up.",
            "flag" => won ? $"{loser}'s time ran out." : "your time ran out.",
            "absence" => won ? $"{loser} stayed away." : "you stayed away.",
            var other => $"{other}.",
        };
    }
}
