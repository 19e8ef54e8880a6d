using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>The server's frames: each a whole message, and none masked.</summary>
internal static class FrameWriter
{
    private const byte Last = 0x80;
    private const int LongestHead = 10;

    /// <summary>Adds a frame to what will be flushed.</summary>
    public static void Add(this IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var head = output.GetSpan(LongestHead);
        head[0] = (byte)(Last | (byte)opcode);
        var size = 2;
        switch (payload.Length)
        {
            case < 126:
                head[1] = (byte)payload.Length;
                break;
            case <= ushort.MaxValue:
                head[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)payload.Length);
                size = 4;
                break;
            default:
                head[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(head[2..], payload.Length);
                size = 10;
                break;
        }
        output.Advance(size);
        output.Write(payload);
    }

    public static void AddClose(this IBufferWriter<byte> output, WebSocketCloseStatus code, string reason)
    {
        Span<byte> content = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(content, (ushort)code);
        output.Add(Opcode.Close, content[..(2 + Encoding.UTF8.GetBytes(reason, content[2..]))]);
    }
}
