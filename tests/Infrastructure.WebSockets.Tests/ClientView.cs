using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What a client knows from the messages that it received, and from nothing else. Follows docs/protocol.md, "Keeping up".</summary>
internal sealed class ClientView
{
    public sealed record GameView(long Version, string Moves, int? ToMove, string? Result, bool FirstIsHere, bool SecondIsHere);

    public string Name { get; private set; } = "";
    public string Token { get; private set; } = "";
    public long ListVersion { get; private set; } = -1;
    public int Online { get; private set; }
    public Dictionary<string, string> Users { get; } = [];

    /// <summary>The pending invitation as <c>from>to</c>, or null.</summary>
    public string? Invitation { get; private set; }

    public Dictionary<string, GameView> Games { get; } = [];

    /// <summary>Every ended invitation and how it ended.</summary>
    public List<string> Ended { get; } = [];

    /// <summary>Messages that did not follow from those before.</summary>
    public List<string> Gaps { get; } = [];

    public void Take(JsonElement message)
    {
        switch (Text(message, "type"))
        {
            case "welcome":
                (Name, Token) = (Text(message, "name"), Text(message, "token"));
                break;
            case "user_list":
                Users.Clear();
                TakeUsers(message, "users");
                break;
            case "user_changes":
                if (message.GetProperty("from").GetInt64() != ListVersion) Gaps.Add(message.ToString());
                foreach (var name in message.GetProperty("removed").EnumerateArray()) Users.Remove(name.GetString()!);
                TakeUsers(message, "changed");
                break;
            case "invitation":
                TakeInvitation(message);
                break;
            case "game":
                TakeGame(message);
                break;
            case "moved":
                Next(message, game => game with { Moves = game.Moves + message.GetProperty("column").GetInt32(), ToMove = 1 - message.GetProperty("player").GetInt32() });
                break;
            case "game_over":
                Next(message, game => game with { ToMove = null, Result = Result(message) });
                break;
            case "presence":
                TakePresence(message);
                break;
        }
    }

    /// <summary>A result in one line: winner, reason, cells.</summary>
    public static string Result(JsonElement result) => $"{result.GetProperty("winner")} {Text(result, "reason")} {result.GetProperty("cells")}";

    private void TakeUsers(JsonElement message, string field)
    {
        ListVersion = message.GetProperty("version").GetInt64();
        Online = message.GetProperty("online").GetInt32();
        foreach (var user in message.GetProperty(field).EnumerateArray()) Users[Text(user, "name")] = user.ToString();
    }

    private void TakeInvitation(JsonElement message)
    {
        var (status, ends) = (Text(message, "status"), $"{Text(message, "from")}>{Text(message, "to")}");
        if (status is "sent" or "received") Invitation = ends;
        else
        {
            if (Invitation == ends) Invitation = null;
            Ended.Add($"{ends} {status}");
        }
    }

    private void TakeGame(JsonElement message)
    {
        var (id, version) = (Text(message, "game"), message.GetProperty("version").GetInt64());
        if (Games.TryGetValue(id, out var old) && old.Version > version) return;
        var players = message.GetProperty("players");
        var (toMove, result) = (message.GetProperty("toMove"), message.GetProperty("result"));
        Games[id] = new(
            version, Text(message, "moves"), toMove.ValueKind == JsonValueKind.Null ? null : toMove.GetInt32(), result.ValueKind == JsonValueKind.Null ? null : Result(result),
            players[0].GetProperty("connected").GetBoolean(), players[1].GetProperty("connected").GetBoolean());
    }

    private void Next(JsonElement message, Func<GameView, GameView> change)
    {
        var (id, version) = (Text(message, "game"), message.GetProperty("version").GetInt64());
        if (!Games.TryGetValue(id, out var game)) return;
        if (version != game.Version + 1) Gaps.Add(message.ToString()); // A repeat does no harm, but nothing here gives a reason for one.
        if (version <= game.Version) return;
        Games[id] = change(game) with { Version = version };
    }

    private void TakePresence(JsonElement message)
    {
        if (!Games.TryGetValue(Text(message, "game"), out var game)) return;
        var connected = message.GetProperty("connected").GetBoolean();
        Games[Text(message, "game")] = message.GetProperty("player").GetInt32() == 0 ? game with { FirstIsHere = connected } : game with { SecondIsHere = connected };
    }

    private static string Text(JsonElement message, string field) => message.GetProperty(field).GetString()!;
}
