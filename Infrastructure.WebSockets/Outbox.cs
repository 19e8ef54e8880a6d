using System.Threading.Channels;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>A message on its way out.</summary>
/// <param name="MoveCommitted">The timestamp of the move's commit that it tells of, if it tells of one.</param>
internal readonly record struct Outgoing(ReadOnlyMemory<byte> Utf8, long? MoveCommitted = null)
{
    public static implicit operator Outgoing(byte[] utf8) => new(utf8);
}

/// <summary>What waits to be sent to one connection: bounded in messages and bytes. Anybody may add; one loop takes.</summary>
internal sealed class Outbox(WebSocketLimits limits)
{
    private readonly Channel<Outgoing> _waiting = Channel.CreateUnbounded<Outgoing>(new() { SingleReader = true });
    private int _messages;
    private int _bytes;

    /// <summary>Whether less than half is used: news that can wait may be added.</summary>
    public bool HasRoom => Volatile.Read(ref _messages) < limits.OutboxMessages / 2 && Volatile.Read(ref _bytes) < limits.OutboxBytes / 2;

    /// <summary>False when the box is full: then whoever reads is too slow.</summary>
    public bool TryAdd(Outgoing message)
    {
        var messages = Interlocked.Increment(ref _messages);
        var bytes = Interlocked.Add(ref _bytes, message.Utf8.Length);

        // A single message always fits, whatever its size: the whole list may be larger than the box.
        if (messages > limits.OutboxMessages || bytes > limits.OutboxBytes && messages > 1) return false;
        return _waiting.Writer.TryWrite(message);
    }

    /// <summary>False when nothing waits, and nothing will.</summary>
    public ValueTask<bool> Wait() => _waiting.Reader.WaitToReadAsync();

    public bool TryTake(out Outgoing message) => _waiting.Reader.TryRead(out message);

    /// <summary>What was taken has gone: there is room for more.</summary>
    public void Sent(int messages, int bytes)
    {
        Interlocked.Add(ref _messages, -messages);
        Interlocked.Add(ref _bytes, -bytes);
    }

    /// <summary>What waits is still sent, but nothing more is added.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
