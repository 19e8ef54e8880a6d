using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>One whole frame of a client, where it lies; or only the head of one that is not sound or longer than anybody wants.</summary>
internal readonly struct Frame(FrameHead head, ReadOnlySequence<byte> masked)
{
    public FrameHead Head => head;

    /// <summary>Bytes that come after what was taken and belong to it: no end of them if nobody can tell where the next frame begins.</summary>
    public long Untaken => !head.IsSound ? long.MaxValue : head.Length - masked.Length;

    /// <summary>Takes the first frame off what has arrived, if it is there as a whole. Of one that is not sound, or has a longer payload than this, only the head is taken.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> arrived, int longest, out Frame frame)
    {
        frame = default;
        if (FrameHead.Of(arrived) is not { } head) return false;

        var isWanted = head.IsSound && head.Length <= longest;
        if (isWanted && arrived.Length < head.Size + head.Length) return false;
        frame = new(head, isWanted ? arrived.Slice(head.Size, head.Length) : default);
        arrived = arrived.Slice(head.Size + (isWanted ? head.Length : 0));
        return true;
    }

    /// <summary>Writes the payload as it was before it was masked.</summary>
    public void CopyTo(Span<byte> destination)
    {
        masked.CopyTo(destination);
        var bytes = destination[..(int)masked.Length];

        // Each byte is XORed with one of the four of the mask, in turn: eight at a time, and then the rest.
        var eight = ((ulong)head.Mask << 32) | head.Mask;
        foreach (ref var chunk in MemoryMarshal.Cast<byte, ulong>(bytes)) chunk ^= BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight);
        for (var i = bytes.Length & ~7; i < bytes.Length; i++) bytes[i] ^= (byte)(head.Mask >> (8 * (i & 3)));
    }

    /// <summary>The code that a close frame has; <see cref="WebSocketCloseStatus.Empty"/> of one without, and null if there is no such code or its reason is no text.</summary>
    public WebSocketCloseStatus? CloseCode()
    {
        Span<byte> content = stackalloc byte[(int)masked.Length];
        CopyTo(content);
        if (content.IsEmpty) return WebSocketCloseStatus.Empty;
        if (content.Length < 2 || !Utf8.IsValid(content[2..])) return null;

        // RFC 6455, 7.4: what may be said, and not only be noted.
        var code = BinaryPrimitives.ReadUInt16BigEndian(content);
        return code is >= 1000 and <= 1014 and not (1004 or 1005 or 1006) or >= 3000 and <= 4999 ? (WebSocketCloseStatus)code : null;
    }
}
