using System.Buffers.Binary;

namespace ConnectFour.TestKit;

/// <summary>The frames that a client sends (RFC 6455, 5.2), sound or not: by hand, for the platform's client is too well behaved.</summary>
public static class ClientFrames
{
    /// <param name="reserved">Bits that nobody may set.</param>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, bool isLast = true, byte reserved = 0, uint mask = 0)
    {
        Span<byte> key = stackalloc byte[4], length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(key, mask);
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++) masked[i] ^= key[i & 3];
        byte[] size = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0x80 | 126, .. length[6..]],
            _ => [0x80 | 127, .. length],
        };
        return [(byte)((isLast ? 0x80 : 0) | reserved | opcode), .. size, .. key, .. masked];
    }
}
