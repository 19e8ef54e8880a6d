using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ConnectFour.Bench.Load;

/// <summary>One WebSocket of the load generator on a bare socket. It knows text, ping and close in whole frames, and masks with zero, so that it costs much less than the server that it measures.</summary>
internal sealed class BareSocket : IDisposable
{
    private const byte Text = 0x81, Ping = 0x89, Pong = 0x8A, Close = 0x88, Masked = 0x80;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _out = new byte[512];
    private byte[] _in = new byte[4_096];
    private int _start;
    private int _end;

    /// <summary>Messages heard so far, and their bytes.</summary>
    public (long Messages, long Bytes) Heard { get; private set; }

    public static async Task<BareSocket> Connect(Uri server, string path)
    {
        var bare = new BareSocket();
        await bare._socket.ConnectAsync(server.Host, server.Port);
        await bare._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        int head;
        while ((head = bare._in.AsSpan(0, bare._end).IndexOf("\r\n\r\n"u8)) < 0) await bare.Fill();
        if (!bare._in.AsSpan(0, bare._end).StartsWith("HTTP/1.1 101"u8)) throw new IOException(Encoding.ASCII.GetString(bare._in, 0, bare._end));
        bare._start = head + 4;
        return bare;
    }

    /// <summary>Sends a text of at most 500 bytes.</summary>
    public void Say(ReadOnlySpan<byte> text) => Send(Text, text);

    /// <summary>Calls back for each text until the line ends.</summary>
    public async Task Listen(Action<ReadOnlySpan<byte>> hear)
    {
        try
        {
            while (true)
            {
                while (TakeFrame(hear)) { }
                await Fill();
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException)
        {
            // The measurement is over, or the server has hung up, which shows in what was not heard.
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TakeFrame(Action<ReadOnlySpan<byte>> hear)
    {
        var rest = _in.AsSpan(_start, _end - _start);
        if (rest.Length < 2) return false;
        var (head, length) = (2, (int)rest[1]);
        if (length == 126)
        {
            if (rest.Length < 4) return false;
            (head, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
        }
        else if (length == 127)
        {
            if (rest.Length < 10) return false;
            (head, length) = (10, checked((int)BinaryPrimitives.ReadUInt64BigEndian(rest[2..])));
        }
        if (rest.Length < head + length)
        {
            if (head + length > _in.Length) Array.Resize(ref _in, 2 * (head + length));
            return false;
        }

        _start += head + length;
        var payload = rest.Slice(head, length);
        switch (rest[0])
        {
            case Text:
                Heard = (Heard.Messages + 1, Heard.Bytes + length);
                hear(payload);
                break;
            case Ping:
                Send(Pong, payload);
                break;
            case Close:
                throw new IOException("The server closes.");
        }
        return true;
    }

    private void Send(byte opcode, ReadOnlySpan<byte> payload)
    {
        _out[0] = opcode;
        var head = 2;
        if (payload.Length < 126) _out[1] = (byte)(Masked | payload.Length);
        else
        {
            _out[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(_out.AsSpan(2), (ushort)payload.Length);
            head = 4;
        }
        _out.AsSpan(head, 4).Clear(); // The mask.
        payload.CopyTo(_out.AsSpan(head + 4));
        try
        {
            _socket.Send(_out.AsSpan(0, head + 4 + payload.Length));
        }
        catch (SocketException)
        {
            // Cut; the listener sees it.
        }
    }

    private async ValueTask Fill()
    {
        if (_start > 0)
        {
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _in.Length) Array.Resize(ref _in, 2 * _in.Length);
        var count = await _socket.ReceiveAsync(_in.AsMemory(_end));
        if (count == 0) throw new IOException("The server has hung up.");
        _end += count;
    }
}
