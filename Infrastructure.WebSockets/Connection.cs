using System.Net.WebSockets;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Takes the text messages of one connection, one after the other.</summary>
internal interface IReceiver
{
    /// <summary>Handles a message, or says why the connection must end.</summary>
    ValueTask<Ending?> Receive(ReadOnlyMemory<byte> utf8);

    /// <summary>A message was dropped unseen because there were too many.</summary>
    void Dropped();
}

/// <summary>
/// One WebSocket: a loop that receives and a loop that sends. Whichever ends first ends the other in order. Knows limits and close codes, and no game.
/// </summary>
internal sealed class Connection(WebSocket socket, WebSocketLimits limits, SocketMetrics metrics, TimeProvider time, SocketLine? line = null)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseHandshake = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that are read of a client after it was told to go: what may have been on the way. Whoever has more to say keeps others waiting.</summary>
    public const int LastWords = 1_048_576;

    /// <summary>Bytes that nearly every message of a client fits into: each connection holds as many while it waits.</summary>
    private const int Usual = 512;

    /// <summary>Bytes of messages that are written in one go, at most and one message more.</summary>
    private const int Burst = 16_384;

    private readonly Outbox _outbox = new(limits);
    private readonly TokenBucket _frames = new(time, limits.Burst, limits.FramesPerSecond);
    private readonly TokenBucket _excess = new(time, limits.ExcessFrames, limits.ExcessFrames / Window.TotalSeconds);
    private readonly Lock _lock = new();

    /// <summary>The commits of the moves in what is being sent.</summary>
    private readonly List<long> _committed = [];
    private Ending? _why;

    /// <summary>Text messages received.</summary>
    public int Received { get; private set; }

    /// <summary>Messages sent.</summary>
    public int Sent { get; private set; }

    /// <summary>What went wrong on our side, if anything did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether the client closed the connection as one does who leaves: not as one whose line failed, nor in answer to our close.</summary>
    public bool LeftOnPurpose => Why == Ending.ClosedByClient
        && socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable or WebSocketCloseStatus.Empty;

    /// <summary>Whether there is room for news that can wait.</summary>
    public bool HasRoom => _outbox.HasRoom;

    /// <summary>Whether it was told to end, or has.</summary>
    public bool IsEnding => Why is not null;

    private Ending? Why
    {
        get { lock (_lock) return _why; }
    }

    /// <summary>Queues a message; a reader too slow for that is closed.</summary>
    public void Send(Outgoing message)
    {
        if (!_outbox.TryAdd(message)) End(Ending.TooSlow);
    }

    /// <summary>Ends the connection. The first reason counts.</summary>
    public void End(Ending why)
    {
        lock (_lock) _why ??= why;
        _outbox.Complete();
    }

    /// <summary>Runs until the connection has ended, and says why.</summary>
    public async Task<Ending> Run(IReceiver receiver)
    {
        var receiving = ReceiveLoop(receiver);
        await SendLoop();

        // The close frame is out. Cancelling a receive would abort the socket, so the client gets a while to answer first.
        using var handshake = new CancellationTokenSource();
        await Task.WhenAny(receiving, Task.Delay(CloseHandshake, time, handshake.Token));
        await handshake.CancelAsync();
        if (!receiving.IsCompleted) socket.Abort();
        await receiving;
        return Why!.Value;
    }

    private async Task ReceiveLoop(IReceiver receiver)
    {
        try
        {
            End(await ReceiveMessages(receiver));
            await Discard();
        }
        catch (WebSocketException)
        {
            End(Ending.Lost);
        }
        catch (Exception fault)
        {
            // Whatever went wrong in a use case ends this connection and no other.
            Fault = fault;
            End(Ending.Failed);
        }
    }

    private async Task<Ending> ReceiveMessages(IReceiver receiver)
    {
        // One byte more than allowed, to tell a message that fills the buffer from one that overflows it.
        var most = limits.MessageBytes + 1;
        var usual = new byte[Math.Min(Usual, most)];
        while (true)
        {
            var buffer = usual;
            var (length, pieces, dropped, last, isRest) = (0, 0, false, false, false);
            while (!last)
            {
                if (length == buffer.Length) Array.Resize(ref buffer, most);
                var piece = await Receive(buffer.AsMemory(length));
                if (Why is { } ended) return ended;
                if (piece.MessageType == WebSocketMessageType.Close) return Ending.ClosedByClient;
                if (piece.MessageType == WebSocketMessageType.Binary) return Ending.Binary;

                length += piece.Count;
                if (length > limits.MessageBytes) return Ending.TooBig;
                if (!isRest)
                {
                    if (++pieces > limits.FramesPerMessage) return Ending.TooBig;
                    if (!_frames.TryTake())
                    {
                        if (!_excess.TryTake()) return Ending.TooFast;
                        dropped = true;
                    }
                }
                last = piece.EndOfMessage;
                isRest = !last && length == buffer.Length; // Of the same piece, for which there was no room.
            }

            Received++;
            if (dropped) receiver.Dropped();
            else if (await receiver.Receive(buffer.AsMemory(0, length)) is { } why) return why;
        }
    }

    /// <summary>Reads on until the client has closed too: what it sends meanwhile must not reset the line before it has read why.</summary>
    private async Task Discard()
    {
        var buffer = new byte[limits.MessageBytes];
        for (var left = LastWords; left > 0 && socket.State is WebSocketState.Open or WebSocketState.CloseSent;) left -= Math.Max(1, (await Receive(buffer)).Count);
    }

    private async ValueTask<ValueWebSocketReceiveResult> Receive(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, CancellationToken.None);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            // What a socket that we aborted throws depends on what it stands on; to us it is a line like any other that is gone.
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, problem);
        }
    }

    private async Task SendLoop()
    {
        try
        {
            while (await _outbox.Wait()) await SendBurst();

            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
            var (code, reason) = CloseCodes.Of(Why!.Value);
            using var closing = new CancellationTokenSource(CloseHandshake, time);
            await socket.CloseOutputAsync(code, reason, closing.Token);
        }
        catch (TimeoutException)
        {
            End(Ending.TooSlow);
            socket.Abort(); // Ends the receiving loop as well.
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // A close that was cancelled has aborted the socket too.
            End(problem is OperationCanceledException ? Ending.TooSlow : Ending.Lost);
        }
    }

    /// <summary>Sends what waits, together where we write on the line ourselves.</summary>
    private async ValueTask SendBurst()
    {
        line?.Hold();
        var (messages, bytes) = (0, 0);
        while (bytes < Burst && _outbox.TryTake(out var message))
        {
            // What waited for a client that does not read, or has gone, is not worth sending; other endings come after it.
            if (Why is Ending.TooSlow or Ending.ClosedByClient or Ending.Lost) continue;

            await InTime(socket.SendAsync(message.Utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));
            if (message.MoveCommitted is { } committed) _committed.Add(committed);
            (messages, bytes) = (messages + 1, bytes + message.Utf8.Length);
        }
        if (line is not null) await InTime(line.Release());

        _outbox.Sent(messages, bytes);
        Sent += messages;
        foreach (var committed in _committed) metrics.Delivered(time.GetElapsedTime(committed));
        _committed.Clear();
    }

    /// <summary>Most of what is sent is taken by the system at once; only what is not has a deadline, since a timer for each would cost more than the sending.</summary>
    /// <exception cref="TimeoutException">The client does not read.</exception>
    private ValueTask InTime(ValueTask sending) => sending.IsCompleted ? sending : new(sending.AsTask().WaitAsync(limits.SendDeadline, time));
}
