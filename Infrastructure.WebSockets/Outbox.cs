using ConnectFour.Infrastructure.WebSockets.Frames;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>A message on its way out.</summary>
/// <param name="MoveCommitted">The timestamp of the move's commit that it tells of, if it tells of one.</param>
internal readonly record struct Outgoing(ReadOnlyMemory<byte> Payload, long? MoveCommitted = null, Opcode Opcode = Opcode.Text)
{
    public static implicit operator Outgoing(byte[] utf8) => new(utf8);
}

/// <summary>
/// What waits to be sent to one connection: bounded in messages and bytes. Anybody may add; one at a time takes. Whoever adds when nobody does begins to, so that no loop has to be woken for a message.
/// </summary>
internal sealed class Outbox(WebSocketLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Queue<Outgoing> _waiting = new();
    private int _messages;
    private int _bytes;
    private bool _isComplete;

    /// <summary>Whether somebody takes. At first nobody may: the connection does not run yet.</summary>
    private bool _isTaken = true;

    internal enum Added
    {
        /// <summary>It will be sent.</summary>
        Waits,

        /// <summary>It has to be sent by whoever added it.</summary>
        First,

        /// <summary>There was no room: whoever reads is too slow.</summary>
        Full,
    }

    /// <summary>Whether less than half is used: news that can wait may be added.</summary>
    public bool HasRoom
    {
        get { lock (_lock) return _messages < limits.OutboxMessages / 2 && _bytes < limits.OutboxBytes / 2; }
    }

    public Added Add(Outgoing message)
    {
        lock (_lock)
        {
            if (_isComplete) return Added.Waits; // For ever: nothing more is sent.
            _messages++;
            _bytes += message.Payload.Length;

            // A single message always fits, whatever its size: the whole list may be larger than the box.
            if (_messages > limits.OutboxMessages || _bytes > limits.OutboxBytes && _messages > 1) return Added.Full;
            _waiting.Enqueue(message);
            return Begin();
        }
    }

    public bool TryTake(out Outgoing message)
    {
        lock (_lock) return _waiting.TryDequeue(out message);
    }

    /// <summary>What was taken has gone: there is room for more.</summary>
    public void Sent(int messages, int bytes)
    {
        lock (_lock)
        {
            _messages -= messages;
            _bytes -= bytes;
        }
    }

    /// <summary>Leaves off taking, unless something waits by now.</summary>
    /// <param name="isEnd">Whether nothing ever will.</param>
    public bool TryRest(out bool isEnd)
    {
        lock (_lock)
        {
            isEnd = _isComplete && _waiting.Count == 0;
            if (_waiting.Count > 0) return false;
            _isTaken = isEnd;
            return true;
        }
    }

    /// <summary>What waits is still sent, but nothing more is added.</summary>
    /// <returns><see cref="Added.First"/> if nobody is there to send it and what ends the connection.</returns>
    public Added Complete()
    {
        lock (_lock)
        {
            if (_isComplete) return Added.Waits;
            _isComplete = true;
            return Begin();
        }
    }

    private Added Begin()
    {
        if (_isTaken) return Added.Waits;
        _isTaken = true;
        return Added.First;
    }
}
