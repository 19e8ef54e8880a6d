using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>A scripted client, as docs/protocol.md describes one.</summary>
internal sealed class Bot(string name) : IDisposable
{
    private Line? _line;
    private int _lastId;

    public string Name => name;

    public Line Line => _line ?? throw new InvalidOperationException($"{name} has not joined.");

    /// <summary>The columns of the latest game, as this client was told them.</summary>
    public string Moves { get; private set; } = "";

    public string? Game { get; private set; }

    public string? Result { get; private set; }

    public async Task Join(Uri server)
    {
        _line = await Line.Open(server);
        await Ask(new() { ["type"] = "new_connection", ["username"] = name });
    }

    /// <summary>Asks, and gives back the answer; an error is a failure.</summary>
    public async Task<JsonObject> Ask(JsonObject question)
    {
        var id = ++_lastId;
        question["id"] = id;
        await Line.Send(question);
        var answer = await Until(message => (int?)message["re"] == id);
        return (string?)answer["type"] == "error" ? throw new InvalidOperationException($"{name}: {question.ToJsonString()} -> {answer.ToJsonString()}") : answer;
    }

    public async Task Move(int column) => await Ask(new() { ["type"] = "move", ["game"] = Game, ["ply"] = Moves.Length, ["column"] = column });

    public Task UntilPly(int plies) => Moves.Length >= plies ? Task.CompletedTask : Until(_ => Moves.Length >= plies);

    public Task UntilOver() => Result is not null ? Task.CompletedTask : Until(_ => Result is not null);

    public Task UntilType(string type) => Until(message => (string?)message["type"] == type);

    public async Task<JsonObject> Until(Func<JsonObject, bool> isIt)
    {
        while (true)
            if (await Next() is var message && isIt(message)) return message;
    }

    public Task Leave() => Line.Close();

    public void Dispose() => _line?.Dispose();

    private async Task<JsonObject> Next()
    {
        var message = await Line.Next();
        switch (Line.Type(message))
        {
            case "game":
                (Game, Moves, Result) = ((string?)message["game"], (string)message["moves"]!, null);
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
}
