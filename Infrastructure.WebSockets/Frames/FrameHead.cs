using System.Buffers;
using System.Buffers.Binary;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>What a frame is for (RFC 6455, 11.8).</summary>
internal enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>
/// What a client's frame says of itself before its payload (RFC 6455, 5.2):
/// <code>
///   0               1               2 to 9                        4 bytes
///  +-+-+-+-+-------+-+-------------+-----------------------------+-------+---------
///  |L|R R R| opcode|M| length      | length, if that is 126: two | mask  | payload
///  | |     |       | |             | bytes, and if 127: eight    |       |
///  +-+-+-+-+-------+-+-------------+-----------------------------+-------+---------
/// </code>
/// L: the last of its message. R: reserved. M: masked, as whatever a client sends must be.
/// </summary>
/// <param name="IsSound">Whether the protocol allows such a frame; if not, nobody can tell where the next one begins.</param>
/// <param name="Size">Bytes of the head itself.</param>
/// <param name="Length">Bytes of the payload.</param>
internal readonly record struct FrameHead(Opcode Opcode, bool IsLast, bool IsSound, int Size, long Length, uint Mask)
{
    private const int Longest = 14;
    private const int LongestControl = 125;
    private const byte Last = 0x80, Reserved = 0x70, Control = 0x08, Masked = 0x80;

    public bool IsControl => ((byte)Opcode & Control) != 0;

    /// <summary>The head that the bytes begin with, or null if there is not enough of it yet.</summary>
    public static FrameHead? Of(in ReadOnlySequence<byte> arrived)
    {
        var first = arrived.FirstSpan;
        if (first.Length >= Longest || arrived.IsSingleSegment) return Of(first);

        Span<byte> gathered = stackalloc byte[Longest];
        var start = arrived.Slice(0, Math.Min(Longest, arrived.Length));
        start.CopyTo(gathered);
        return Of(gathered[..(int)start.Length]);
    }

    private static FrameHead? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return null;
        var (opcode, isLast, length) = ((Opcode)(bytes[0] & 0x0F), (bytes[0] & Last) != 0, bytes[1] & ~Masked & 0xFF);
        var size = 2 + length switch { 126 => 2, 127 => 8, _ => 0 };
        var isMasked = (bytes[1] & Masked) != 0;
        if (bytes.Length < size + (isMasked ? 4 : 0)) return null;

        var whole = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => length,
        };
        var isSound = isMasked && (bytes[0] & Reserved) == 0 && whole >= 0 && opcode switch
        {
            Opcode.Continuation or Opcode.Text or Opcode.Binary => true,
            Opcode.Close or Opcode.Ping or Opcode.Pong => isLast && whole <= LongestControl,
            _ => false,
        };
        return new(opcode, isLast, isSound, size + (isMasked ? 4 : 0), whole, isMasked ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[size..]) : 0);
    }
}
