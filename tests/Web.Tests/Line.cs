using System.Net;
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

    /// <param name="cookies">What a browser would send along, and then it says where it comes from too.</param>
    /// <param name="isBrowser">Whether it does: a program may have got hold of a cookie.</param>
    public static async Task<Line> Open(Uri server, CookieContainer? cookies = null, bool isBrowser = true)
    {
        var line = new Line();
        if (cookies is not null)
        {
            line._socket.Options.Cookies = cookies;
            if (isBrowser) line._socket.Options.SetRequestHeader("Origin", server.GetLeftPart(UriPartial.Authority));
        }
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

    /// <summary>The code with which the server closes the line; what it says before that is read over.</summary>
    public async Task<int> Closed()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await _socket.ReceiveAsync(_buffer.AsMemory(), patience.Token)).MessageType != WebSocketMessageType.Close) { }
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return (int)_socket.CloseStatus!;
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
