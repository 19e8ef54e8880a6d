using System.Threading.Channels;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>What waits to be sent to one connection: bounded in messages and bytes. Anybody may add; one loop takes.</summary>
internal sealed class Outbox(WebSocketLimits limits)
{
    private readonly Channel<ReadOnlyMemory<byte>> _waiting = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private int _messages;
    private int _bytes;

    /// <summary>Whether less than half is used: news that can wait may be added.</summary>
    public bool HasRoom => Volatile.Read(ref _messages) < limits.OutboxMessages / 2 && Volatile.Read(ref _bytes) < limits.OutboxBytes / 2;

    /// <summary>False when the box is full: then whoever reads is too slow.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> message)
    {
        var messages = Interlocked.Increment(ref _messages);
        var bytes = Interlocked.Add(ref _bytes, message.Length);

        // A single message always fits, whatever its size: the whole list may be larger than the box.
        if (messages > limits.OutboxMessages || bytes > limits.OutboxBytes && messages > 1) return false;
        return _waiting.Writer.TryWrite(message);
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> TakeAll() => _waiting.Reader.ReadAllAsync();

    public void Sent(ReadOnlyMemory<byte> message)
    {
        Interlocked.Decrement(ref _messages);
        Interlocked.Add(ref _bytes, -message.Length);
    }

    /// <summary>What waits is still sent, but nothing more is added.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
