using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>A TCP line to the server, and what is sent over it byte by byte: requests, frames and messages, well formed or not, from an address of one's choice.</summary>
internal sealed class BareLine : IDisposable
{
    public const int Continuation = 0, TextFrame = 1, CloseFrame = 8, Ping = 9, Pong = 10;

    /// <summary>Only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[8 * 1024];
    private int _from;
    private int _to;
    private int _lastId;

    /// <summary>With what the server closed the WebSocket; null as long as it has not, or when the line was cut.</summary>
    public int? Code { get; private set; }

    /// <summary>Whether the other end has cut it, as far as the system knows without reading.</summary>
    public bool IsCut => _socket.Poll(0, SelectMode.SelectError);

    /// <summary>The address and port that the server sees.</summary>
    public IPEndPoint From { get; private set; } = new(IPAddress.None, 0);

    /// <param name="from">An address of the loopback network, all of which is ours; 127.0.0.1 if it is not said.</param>
    /// <param name="receiveBuffer">Bytes that the system takes in for a client that does not read; its own choice if it is not said.</param>
    public static async Task<BareLine> Open(Uri server, IPAddress? from = null, int? receiveBuffer = null)
    {
        var line = new BareLine();
        if (receiveBuffer is { } bytes) line._socket.ReceiveBufferSize = bytes;
        if (from is not null) line._socket.Bind(new IPEndPoint(from, 0));
        await line._socket.ConnectAsync(IPAddress.Loopback, server.Port).WaitAsync(Patience);
        line.From = (IPEndPoint)line._socket.LocalEndPoint!;
        return line;
    }

    /// <summary>A line that has become a WebSocket.</summary>
    public static async Task<BareLine> Upgrade(Uri server, IPAddress? from = null, int? receiveBuffer = null)
    {
        var line = await Open(server, from, receiveBuffer);
        await line.Send(Upgrading(server));
        if (await line.Head() is var head && !head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new IOException($"Not let in: {head}");
        return line;
    }

    /// <summary>The status that an upgrade is answered with; empty if the line is closed without one.</summary>
    public static async Task<string> Refusal(Uri server, IPAddress from)
    {
        using var line = await Open(server, from);
        await line.Send(Upgrading(server));
        return await line.Head() is { Length: > 12 } head ? head[9..12] : "";
    }

    public static byte[] Request(params string[] lines) => Encoding.ASCII.GetBytes(string.Join("\r\n", (string[])[.. lines, "", ""]));

    /// <summary>False if the line has been cut.</summary>
    public async Task<bool> Send(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes).AsTask().WaitAsync(Patience)..];
            return true;
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public Task<bool> Say(JsonObject message) => Send(ClientFrames.Frame(TextFrame, JsonSerializer.SerializeToUtf8Bytes(message)));

    /// <summary>The head of an answer, or as much of it as came before the end.</summary>
    public async Task<string> Head()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await Read(1) is [var letter]) head.Append((char)letter);
        return head.ToString();
    }

    /// <summary>Whether the server has closed the line, once it has; what comes before that is read over.</summary>
    public async Task<bool> IsEnded()
    {
        while (await Read(1) is not null) _from = _to;
        return true;
    }

    /// <summary>Everything that comes until the server closes the line.</summary>
    public async Task<string> Rest()
    {
        var rest = new StringBuilder();
        do
        {
            rest.Append(Encoding.ASCII.GetString(_buffer, _from, _to - _from));
            _from = _to;
        }
        while (await Fill());
        return rest.ToString();
    }

    /// <summary>The next frame of the server, or null when the line has ended.</summary>
    public async Task<(int Opcode, byte[] Payload)?> Frame()
    {
        if (await Read(2) is not [var first, var second]) return null;
        var length = second switch
        {
            127 => await Read(8) is { } eight ? (int)BinaryPrimitives.ReadInt64BigEndian(eight) : 0,
            126 => await Read(2) is { } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : 0,
            _ => second,
        };
        if (await Read(length) is not { } payload) return null;
        if ((first & 0x0F) == CloseFrame) Code = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005;
        return (first & 0x0F, payload);
    }

    /// <summary>The next message; pings are answered by the way. Null when the server has closed, or the line has ended.</summary>
    public async Task<JsonObject?> Next() => await Text() is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    private async Task<byte[]?> Text()
    {
        while (await Frame() is var (opcode, payload))
        {
            if (opcode == TextFrame) return payload;
            if (opcode == CloseFrame) return null;
            if (opcode == Ping) await Send(ClientFrames.Frame(Pong, payload));
        }
        return null;
    }

    /// <summary>Reads until the server has closed.</summary>
    /// <returns>With what, or null if the line was cut without a word.</returns>
    public async Task<int?> Closed()
    {
        while (await Frame() is var (opcode, _) && opcode != CloseFrame) { }
        return Code;
    }

    /// <summary>The next message of a type.</summary>
    public async Task<JsonObject> Until(string type)
    {
        while (true)
        {
            var message = await Next() ?? throw new IOException($"The line ended with {Code} instead of a message of type {type}.");
            if ((string?)message["type"] == type) return message;
        }
    }

    /// <summary>Says it, and gives back the answer, an error too.</summary>
    /// <param name="hear">Is told what comes before the answer.</param>
    public async Task<JsonObject> Ask(JsonObject question, Action<JsonObject>? hear = null)
    {
        var id = ++_lastId;
        question["id"] = id;
        await Say(question);
        var answer = Encoding.ASCII.GetBytes($"\"re\":{id}");
        while (true)
        {
            var text = await Text() ?? throw new IOException($"The line ended with {Code} instead of an answer to {question.ToJsonString()}.");
            if (hear is null && text.AsSpan().IndexOf(answer) < 0) continue; // The news of a crowd, which nobody hears, would take longer to read than the server takes to send them.
            var message = JsonNode.Parse(text)!.AsObject();
            if ((int?)message["re"] == id) return message;
            hear?.Invoke(message);
        }
    }

    /// <summary>Becomes a user.</summary>
    /// <returns>The token to come back with.</returns>
    public async Task<string> Join(string name)
    {
        var welcome = await Ask(new() { ["type"] = "new_connection", ["username"] = name });
        return (string?)welcome["token"] ?? throw new InvalidOperationException(welcome.ToJsonString());
    }

    /// <summary>Cuts the line, with a reset for the server.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Asks for a WebSocket, where there is one or where there is none.</summary>
    public static byte[] Upgrading(Uri server, string path = "/ws") =>
        Request($"GET {path} HTTP/1.1", $"Host: {server.Authority}", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    private async Task<byte[]?> Read(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            if (_from == _to && !await Fill()) return null;
            var some = Math.Min(count - read, _to - _from);
            _buffer.AsSpan(_from, some).CopyTo(bytes.AsSpan(read));
            (_from, read) = (_from + some, read + some);
        }
        return bytes;
    }

    private async Task<bool> Fill()
    {
        try
        {
            (_from, _to) = (0, await _socket.ReceiveAsync(_buffer).WaitAsync(Patience));
            return _to > 0;
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
