using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>A real socket to the server that says and hears JSON, and remembers all of it.</summary>
internal sealed class Line : IDisposable
{
    /// <summary>Long enough for a busy machine; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[128 * 1024];

    public List<JsonObject> Sent { get; } = [];

    public List<JsonObject> Received { get; } = [];

    public static async Task<Line> Open(Uri server)
    {
        var line = new Line();
        using var patience = new CancellationTokenSource(Patience);
        await line._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);
        return line;
    }

    public async Task Send(JsonObject message)
    {
        Sent.Add(message);
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, patience.Token);
    }

    public async Task<JsonObject> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        ValueWebSocketReceiveResult piece;
        do
        {
            piece = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (piece.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"Closed with {_socket.CloseStatus} instead of a message.");
            length += piece.Count;
        }
        while (!piece.EndOfMessage);

        var message = JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
        Received.Add(message);
        return message;
    }

    /// <summary>The answer to the latest question.</summary>
    public async Task<JsonObject> Answer()
    {
        while (true)
            if (await Next() is var message && IsAnswer(message)) return message;
    }

    public async Task Close()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    public void Dispose() => _socket.Dispose();

    public static string Type(JsonObject message) => (string)message["type"]!;

    public static bool IsAnswer(JsonObject message) => Type(message) is "welcome" or "ok" or "error" or "pong";
}
