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
        var known = server.Get<Admission>().Count;
        var client = await Ask(server);
        await Condition.Holds(() => server.Get<Admission>().Count > known);
        return client;
    }

    /// <summary>The first line of the answer to an upgrade with these headers.</summary>
    public static async Task<string?> Upgrade(SocketServer server, params string[] headers)
    {
        using var client = await Ask(server, headers);
        using var reader = new StreamReader(client._line.GetStream());
        return await reader.ReadLineAsync().WaitAsync(SocketClient.Patience);
    }

    /// <summary>The whole answer to an upgrade with these headers.</summary>
    public static async Task<string> UpgradeAnswer(SocketServer server, params string[] headers)
    {
        using var client = await Ask(server, headers);
        using var reader = new StreamReader(client._line.GetStream());
        var answer = new StringBuilder();
        while (await reader.ReadLineAsync().WaitAsync(SocketClient.Patience) is { Length: > 0 } line) answer.AppendLine(line);
        return answer.ToString();
    }

    public Task Text(string text) => Send(ClientFrames.Frame(1, Encoding.ASCII.GetBytes(text)));

    /// <summary>A close frame with nothing in it, as a page's <c>close()</c> sends it.</summary>
    public Task Close() => Send([0x88, 0x80, 0, 0, 0, 0]);

    public void Dispose() => _line.Dispose();

    private static async Task<RawClient> Ask(SocketServer server, params string[] headers)
    {
        string[] lines =
        [
            "GET /ws HTTP/1.1", $"Host: {server.Address.Authority}", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", .. headers, "", "",
        ];
        var client = new RawClient();
        await client._line.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.Send(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        return client;
    }

    /// <summary>Sends these bytes as they are; a line that has been cut by then takes none, which is no matter.</summary>
    public async Task Send(params byte[] bytes)
    {
        try
        {
            await _line.GetStream().WriteAsync(bytes);
        }
        catch (IOException)
        {
            // Whoever reads sees that it has ended.
        }
    }

    /// <summary>What comes before the first frame: the answer to the upgrade.</summary>
    public async Task SkipUpgrade()
    {
        for (var last = 0u; last != 0x0D0A0D0A;) last = last << 8 | (await Read(1) ?? throw new IOException("There was no answer."))[0];
    }

    /// <summary>The next frame of the server, or null when the line has ended without one.</summary>
    public async Task<(int Opcode, byte[] Payload)?> Frame()
    {
        if (await Read(2) is not [var first, var second]) return null;
        int length = second;
        if (length == 126) length = await Read(2) is [var high, var low] ? high << 8 | low : 0;
        return await Read(length) is { } payload ? (first & 0x0F, payload) : null;
    }

    private async Task<byte[]?> Read(int count)
    {
        var bytes = new byte[count];
        try
        {
            return await _line.GetStream().ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false).AsTask().WaitAsync(SocketClient.Patience) == count ? bytes : null;
        }
        catch (IOException)
        {
            return null; // Cut.
        }
    }
}
