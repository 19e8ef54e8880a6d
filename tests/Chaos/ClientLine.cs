using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.Chaos;

/// <summary>A real socket to the server, for as long as it lasts.</summary>
internal sealed class ClientLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // One for all: without it, every connection would bring an HTTP handler of its own.
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler());

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[32 * 1024];

    /// <summary>Null if the server cannot be reached.</summary>
    public static async Task<ClientLine?> Open(Uri server)
    {
        var line = new ClientLine();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await line._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, Http, patience.Token);
            return line;
        }
        catch (Exception problem) when (IsCut(problem))
        {
            line.Dispose();
            return null;
        }
    }

    /// <summary>Sends, if the line is still there; that the message arrives, nobody knows.</summary>
    public async Task Send(JsonObject message)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, patience.Token);
        }
        catch (Exception problem) when (IsCut(problem))
        {
            _socket.Abort(); // Receiving finds out.
        }
    }

    /// <summary>The next message, or null when the line has ended.</summary>
    /// <param name="withLobby">Whether what is about the lobby counts; otherwise it is passed over.</param>
    public async Task<JsonObject?> Next(bool withLobby = false)
    {
        try
        {
            while (await Receive() is var length and > 0)
                if (withLobby || !IsLobby(_buffer.AsSpan(0, length))) return JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
        }
        catch (Exception problem) when (IsCut(problem))
        {
            // To a client that plays on, all ends are alike.
        }
        return null;
    }

    /// <summary>Hangs up as one does who leaves.</summary>
    public async Task Close()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception problem) when (IsCut(problem))
        {
            _socket.Abort();
        }
    }

    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    /// <returns>How long the message is, or 0 when the server has hung up.</returns>
    private async Task<int> Receive()
    {
        for (var length = 0; ;)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            var piece = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (piece.MessageType == WebSocketMessageType.Close) return 0;
            length += piece.Count;
            if (piece.EndOfMessage) return length;
        }
    }

    // Most of what a hundred clients are sent.
    private static bool IsLobby(ReadOnlySpan<byte> message) => message.StartsWith("""{"type":"user_"""u8);

    private static bool IsCut(Exception problem) =>
        problem is WebSocketException or OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException;
}
