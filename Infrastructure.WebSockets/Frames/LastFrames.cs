using System.Buffers;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>What a client still sends after it was told to go: passed over, frame by frame, until its close.</summary>
/// <param name="rest">Bytes that still belong to a frame whose head was taken.</param>
internal sealed class LastFrames(long rest)
{
    private long _rest = rest;

    /// <summary>Bytes passed over so far.</summary>
    public long Passed { get; private set; }

    /// <summary>Passes over what has arrived, but for a head that is not there as a whole.</summary>
    /// <returns>Whether the close was among it.</returns>
    public bool Pass(ref ReadOnlySequence<byte> arrived)
    {
        while (!arrived.IsEmpty)
        {
            if (_rest == 0)
            {
                if (FrameHead.Of(arrived) is not { } head) return false;
                Pass(ref arrived, head.Size);
                if (head is { IsSound: true, Opcode: Opcode.Close }) return true;
                _rest = head.IsSound ? head.Length : long.MaxValue;
            }
            var there = Math.Min(_rest, arrived.Length);
            Pass(ref arrived, there);
            _rest -= there;
        }
        return false;
    }

    private void Pass(ref ReadOnlySequence<byte> arrived, long count)
    {
        arrived = arrived.Slice(count);
        Passed += count;
    }
}
