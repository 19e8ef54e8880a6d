using System.Buffers;
using System.Text.Unicode;
using ConnectFour.Infrastructure.WebSockets.Frames;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>What has arrived of one client's message: bounded in bytes and pieces, and by how many frames a second may come.</summary>
internal sealed class Inbox(WebSocketLimits limits, TimeProvider time)
{
    /// <summary>Over which the frames above the rate are counted.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly TokenBucket _frames = new(time, limits.Burst, limits.FramesPerSecond);
    private readonly TokenBucket _excess = new(time, limits.ExcessFrames, limits.ExcessFrames / Window.TotalSeconds);

    /// <summary>Pings, pongs and closes: each is answered at once or not at all, so they have a measure of their own.</summary>
    private readonly TokenBucket _control = new(time, limits.Burst + limits.ExcessFrames, limits.FramesPerSecond);

    /// <summary>Of the pool, and only while a message is arriving or being handled: most connections wait.</summary>
    private byte[] _buffer = [];
    private int _length;
    private int _pieces;

    /// <summary>The message that is there as a whole.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, _length);

    /// <summary>Whether the message is one too many, and not to be looked at.</summary>
    public bool IsExcess { get; private set; }

    /// <summary>Takes a frame, and says why the connection must end on account of it, if it must.</summary>
    public Ending? Take(in Frame frame)
    {
        var head = frame.Head;
        if (!head.IsSound) return Ending.Unsound;
        if (head.IsControl) return _control.TryTake() ? null : Ending.TooFast;
        if (head.Opcode == Opcode.Binary) return Ending.Binary;
        if (head.Opcode == Opcode.Text != (_pieces == 0)) return Ending.Unsound; // A message within another, or the rest of none.
        if (++_pieces > limits.FramesPerMessage || head.Length > limits.MessageBytes - _length) return Ending.TooBig;
        if (!_frames.TryTake())
        {
            if (!_excess.TryTake()) return Ending.TooFast;
            IsExcess = true;
        }

        Grow((int)head.Length);
        frame.CopyTo(_buffer.AsSpan(_length));
        _length += (int)head.Length;
        return head.IsLast && !Utf8.IsValid(Message.Span) ? Ending.NotText : null;
    }

    /// <summary>Makes room for the next message.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length, _pieces, IsExcess) = ([], 0, 0, false);
    }

    private void Grow(int by)
    {
        if (_length + by <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(_length + by);
        Message.CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
