using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>A client that does only what it is told, frame by frame: the platform's own is too well behaved to leave out a code or a pong.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _line = new();

    public static async Task<RawClient> Connect(SocketServer server)
    {
        var client = new RawClient();
        await client._line.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var known = server.Get<Admission>().Count;
        await client.Send(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await Condition.Holds(() => server.Get<Admission>().Count > known);
        return client;
    }

    /// <summary>One masked text frame of less than 126 bytes; the mask is zero.</summary>
    public Task Text(string text) => Send([0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>A close frame with nothing in it, as a page's <c>close()</c> sends it.</summary>
    public Task Close() => Send([0x88, 0x80, 0, 0, 0, 0]);

    public void Dispose() => _line.Dispose();

    private Task Send(byte[] bytes) => _line.GetStream().WriteAsync(bytes).AsTask();
}
