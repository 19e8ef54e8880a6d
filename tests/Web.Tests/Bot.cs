using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>A scripted client on a real socket, as docs/protocol.md describes one.</summary>
internal sealed class Bot(string name) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _lastId;

    public string Name => name;

    /// <summary>The columns of the latest game, as this client was told them.</summary>
    public string Moves { get; private set; } = "";

    public string? Game { get; private set; }

    public string? Result { get; private set; }

    /// <summary>Everything that was said, in both directions.</summary>
    public List<JsonObject> Said { get; } = [];

    public async Task Join(Uri server)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);
        await Ask(new() { ["type"] = "new_connection", ["username"] = name });
    }

    /// <summary>Asks, and gives back the answer; an error is a failure.</summary>
    public async Task<JsonObject> Ask(JsonObject question)
    {
        var id = ++_lastId;
        question["id"] = id;
        Said.Add(question);
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(question), WebSocketMessageType.Text, true, patience.Token);
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

    public async Task Leave()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonObject> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        ValueWebSocketReceiveResult piece;
        do
        {
            piece = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (piece.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"{name} was closed with {_socket.CloseStatus}.");
            length += piece.Count;
        }
        while (!piece.EndOfMessage);

        var message = JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
        Said.Add(message);
        switch ((string?)message["type"])
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
