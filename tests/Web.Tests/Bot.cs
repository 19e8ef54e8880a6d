using System.Net;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>A scripted client, as docs/protocol.md describes one.</summary>
internal sealed class Bot(string name) : IDisposable
{
    private readonly Dictionary<string, JsonObject> _users = [];
    private Line? _line;
    private int _lastId;

    public string Name => name;

    public Line Line => _line ?? throw new InvalidOperationException($"{name} has not joined.");

    /// <summary>The columns of the latest game, as this client was told them.</summary>
    public string Moves { get; private set; } = "";

    public string? Game { get; private set; }

    public string? Result { get; private set; }

    /// <summary>What the latest game looked like when this client was shown the whole of it.</summary>
    public JsonObject? Whole { get; private set; }

    /// <summary>What shows that a later connection is the same guest; null for an account.</summary>
    public string? Token { get; private set; }

    /// <summary>A guest, by name or by the token that it was given before.</summary>
    public Task<JsonObject> Join(Uri server) => Join(server, null, Token is null ? new() { ["username"] = name } : new() { ["token"] = Token });

    /// <summary>Whoever is logged in on the visitor's browser.</summary>
    public Task<JsonObject> Join(RunningServer server, Visitor visitor) => Join(server.Address, visitor.Cookies, []);

    /// <summary>The error code of a refused question.</summary>
    public async Task<string?> Refusal(JsonObject question) => (string?)(await Answer(question))["code"];

    /// <summary>Asks, and gives back the answer; an error is a failure.</summary>
    public async Task<JsonObject> Ask(JsonObject question)
    {
        var answer = await Answer(question);
        return (string?)answer["type"] == "error" ? throw new InvalidOperationException($"{name}: {question.ToJsonString()} -> {answer.ToJsonString()}") : answer;
    }

    public async Task Move(int column) => await Ask(new() { ["type"] = "move", ["game"] = Game, ["ply"] = Moves.Length, ["column"] = column });

    public Task UntilPly(int plies) => Moves.Length >= plies ? Task.CompletedTask : Until(_ => Moves.Length >= plies);

    public Task UntilOver() => Result is not null ? Task.CompletedTask : Until(_ => Result is not null);

    public Task UntilType(string type) => Until(message => (string?)message["type"] == type);

    /// <summary>Until all of these were heard, in whatever order they come.</summary>
    public async Task UntilTypes(params string[] types)
    {
        var missing = types.ToHashSet();
        while (missing.Count > 0) missing.Remove((string)(await Next())["type"]!);
    }

    public async Task<JsonObject> Until(Func<JsonObject, bool> isIt)
    {
        while (true)
            if (await Next() is var message && isIt(message)) return message;
    }

    /// <summary>How the user list shows somebody, once it shows them so.</summary>
    public async Task<JsonObject> UntilListed(string user, Func<JsonObject, bool> isIt)
    {
        if (!_users.TryGetValue(user, out var known) || !isIt(known)) await Until(_ => _users.TryGetValue(user, out known) && isIt(known));
        return known!;
    }

    public Task Leave() => Line.Close();

    public void Dispose() => _line?.Dispose();

    private async Task<JsonObject> Join(Uri server, CookieContainer? cookies, JsonObject who)
    {
        _line?.Dispose();
        _line = await Line.Open(server, cookies);
        who["type"] = "new_connection";
        var welcome = await Ask(who);
        Token = (string?)welcome["token"];
        return welcome;
    }

    private async Task<JsonObject> Answer(JsonObject question)
    {
        var id = ++_lastId;
        question["id"] = id;
        await Line.Send(question);
        return await Until(message => (int?)message["re"] == id);
    }

    private async Task<JsonObject> Next()
    {
        var message = await Line.Next();
        switch (Line.Type(message))
        {
            case "game":
                (Game, Moves, Result, Whole) = ((string?)message["game"], (string)message["moves"]!, null, message);
                break;
            case "user_list":
                _users.Clear();
                Note(message["users"]!);
                break;
            case "user_changes":
                foreach (var gone in message["removed"]!.AsArray()) _users.Remove((string)gone!);
                Note(message["changed"]!);
                break;
            case "moved":
                Moves += (int)message["column"]!;
                break;
            case "game_over":
                Result = $"{message["winner"]?.ToString() ?? "nobody"} {message["reason"]}";
                break;
        }
        return message;
    }

    private void Note(JsonNode users)
    {
        foreach (var user in users.AsArray()) _users[(string)user!["name"]!] = user.AsObject();
    }
}
