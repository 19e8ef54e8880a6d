using System.IO.Pipelines;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using ConnectFour.Infrastructure.WebSockets.Frames;

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
/// One WebSocket: a loop that receives, and a queue that whoever adds to it sends. Whichever ends first ends the other in order. Knows limits and close codes, and no game.
/// </summary>
internal sealed class Connection(Line line, WebSocketLimits limits, SocketMetrics metrics, TimeProvider time)
{
    /// <summary>Bytes that are read of a client after it was told to go: what may have been on the way. Whoever has more to say keeps others waiting.</summary>
    public const int LastWords = 1_048_576;

    private static readonly TimeSpan CloseHandshake = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of messages that are written in one go, at most and one message more.</summary>
    private const int Burst = 16_384;

    private readonly Inbox _inbox = new(limits, time);
    private readonly Outbox _outbox = new(limits);
    private readonly TaskCompletionSource _hasSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    /// <summary>The commits of the moves in what is being sent.</summary>
    private readonly List<long> _committed = [];
    private Ending? _why;
    private WebSocketCloseStatus? _closedWith;

    /// <summary>The latest flush that the system did not take at once.</summary>
    private Task _flushing = Task.CompletedTask;

    /// <summary>Whether it has run: its line may be another's by now.</summary>
    private bool _isOver;

    /// <summary>Looks at the connection since anything was heard of the client.</summary>
    private int _silent;

    /// <summary>Text messages received.</summary>
    public int Received { get; private set; }

    /// <summary>Text messages sent.</summary>
    public int Sent { get; private set; }

    /// <summary>What went wrong on our side, if anything did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether the client closed the connection as one does who leaves: not as one whose line failed, nor in answer to our close.</summary>
    public bool LeftOnPurpose => Why == Ending.ClosedByClient && _closedWith is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable or WebSocketCloseStatus.Empty;

    /// <summary>Whether there is room for news that can wait.</summary>
    public bool HasRoom => _outbox.HasRoom;

    /// <summary>Whether it was told to end, or has.</summary>
    public bool IsEnding => Why is not null;

    private Ending? Why
    {
        get { lock (_lock) return _why; }
    }

    /// <summary>Queues a message, and begins to send if nobody does; a reader too slow for that is closed. Never waits.</summary>
    public void Send(Outgoing message)
    {
        if (Add(message)) _ = SendWaiting();
    }

    /// <summary>Only queues a message; a reader too slow for that is closed.</summary>
    /// <returns>Whether <see cref="SendWaiting"/> is to be called, as nobody sends.</returns>
    public bool Add(Outgoing message)
    {
        var added = _outbox.Add(message);
        if (added == Outbox.Added.Full) End(Ending.TooSlow);
        return added == Outbox.Added.First;
    }

    /// <summary>Ends the connection. The first reason counts.</summary>
    public void End(Ending why)
    {
        lock (_lock) _why ??= why;
        if (_outbox.Complete() == Outbox.Added.First) _ = SendWaiting();
    }

    /// <summary>Looks whether the client is there, as it is asked to every <see cref="KeepAlive.Beat"/>: asks one who is silent, and cuts one who does not answer.</summary>
    public void Watch(KeepAlive patience)
    {
        var silent = Interlocked.Increment(ref _silent);
        if (silent == patience.UntilPing) Send(new Outgoing(default, Opcode: Opcode.Ping));
        if (silent != patience.UntilEnd) return;
        End(Ending.Lost);
        Cut();
    }

    /// <summary>Runs until the connection has ended, and says why.</summary>
    public async Task<Ending> Run(IReceiver receiver)
    {
        _ = SendWaiting(); // What there was to say before it ran.
        var receiving = ReceiveLoop(receiver);
        await _hasSent.Task;

        // The close frame is out. The client gets a while to answer.
        using var handshake = new CancellationTokenSource();
        await Task.WhenAny(receiving, Task.Delay(CloseHandshake, time, handshake.Token));
        await handshake.CancelAsync();
        if (!receiving.IsCompleted) Cut();
        await receiving;
        lock (_lock) _isOver = true;
        return Why!.Value;
    }

    /// <summary>Sends what waits, and the close frame if that was all. One does so at a time.</summary>
    public async Task SendWaiting()
    {
        try
        {
            bool isEnd;
            do await SendBurst();
            while (!_outbox.TryRest(out isEnd));
            if (!isEnd) return;

            if (Why is not Ending.Lost) await SendClose();
        }
        catch (TimeoutException)
        {
            End(Ending.TooSlow);
            Cut(); // Ends the receiving loop as well, and the flush: until then the line is not to be given back.
            await Task.WhenAny(_flushing, Task.Delay(CloseHandshake, time));
        }
        catch (Exception gone) when (IsLine(gone))
        {
            End(Ending.Lost);
        }
        catch (Exception fault)
        {
            Fault = fault;
            End(Ending.Failed);
            Cut();
        }
        _hasSent.TrySetResult();
    }

    /// <summary>What a line that was cut throws depends on who cut it, and where.</summary>
    private static bool IsLine(Exception gone) => gone is IOException or OperationCanceledException or SocketException;

    /// <summary>Cuts the line, as long as it is this connection's.</summary>
    private void Cut()
    {
        lock (_lock)
        {
            if (!_isOver) line.Abort();
        }
    }

    private async Task ReceiveLoop(IReceiver receiver)
    {
        try
        {
            var (why, untaken) = await ReceiveMessages(receiver);
            End(why);
            await PassOver(new LastFrames(untaken));
        }
        catch (Exception gone) when (IsLine(gone))
        {
            End(Ending.Lost);
        }
        catch (Exception fault)
        {
            Fault = fault;
            End(Ending.Failed);
        }
        finally
        {
            _inbox.Clear();
        }
    }

    /// <returns>Why no more are received, and what is still to come of the last frame.</returns>
    private async Task<(Ending Why, long Untaken)> ReceiveMessages(IReceiver receiver)
    {
        while (true)
        {
            var arrived = await line.Input.ReadAsync();
            Volatile.Write(ref _silent, 0);
            var rest = arrived.Buffer;
            var (why, untaken) = (Why, 0L);
            while (why is null && Frame.TryTake(ref rest, limits.MessageBytes, out var frame))
                (why, untaken) = (_inbox.Take(frame) ?? await Answer(frame, receiver) ?? Why, frame.Untaken);
            if (why is { } ended)
            {
                line.Input.AdvanceTo(rest.Start);
                return (ended, untaken);
            }
            line.Input.AdvanceTo(rest.Start, rest.End);
            if (arrived.IsCompleted || arrived.IsCanceled) return (Ending.Lost, 0);
        }
    }

    private ValueTask<Ending?> Answer(in Frame frame, IReceiver receiver)
    {
        switch (frame.Head)
        {
            case { Opcode: Opcode.Close }:
                _closedWith = frame.CloseCode();
                return new(_closedWith is null ? Ending.Unsound : Ending.ClosedByClient);
            case { Opcode: Opcode.Ping }:
                var payload = new byte[frame.Head.Length];
                frame.CopyTo(payload);
                Send(new Outgoing(payload, Opcode: Opcode.Pong));
                return default;
            case { IsControl: false, IsLast: true }:
                return Hand(receiver);
            default:
                return default;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Ending?> Hand(IReceiver receiver)
    {
        Received++;
        Ending? why = null;
        try
        {
            if (_inbox.IsExcess) receiver.Dropped();
            else why = await receiver.Receive(_inbox.Message);
        }
        catch (Exception fault)
        {
            // Whatever went wrong in a use case ends this connection and no other.
            Fault = fault;
            why = Ending.Failed;
        }
        _inbox.Clear();
        return why;
    }

    /// <summary>Reads on until the client has closed too: what it sends meanwhile must not reset the line before it has read why.</summary>
    private async Task PassOver(LastFrames last)
    {
        if (_closedWith is not null || Why is Ending.Lost) return;
        while (last.Passed < LastWords)
        {
            var arrived = await line.Input.ReadAsync();
            var bytes = arrived.Buffer;
            var isClosed = last.Pass(ref bytes);
            line.Input.AdvanceTo(bytes.Start, bytes.End);
            if (isClosed || arrived.IsCompleted || arrived.IsCanceled) return;
        }
    }

    private async ValueTask SendBurst()
    {
        var (messages, texts, bytes) = (0, 0, 0);
        while (bytes < Burst && _outbox.TryTake(out var message))
        {
            // What waited for a client that does not read, or has gone, is not worth sending; other endings come after it.
            if (Why is Ending.TooSlow or Ending.ClosedByClient or Ending.Lost) continue;

            line.Output.Add(message.Opcode, message.Payload.Span);
            if (message.MoveCommitted is { } committed) _committed.Add(committed);
            (messages, texts, bytes) = (messages + 1, texts + (message.Opcode == Opcode.Text ? 1 : 0), bytes + message.Payload.Length);
        }
        if (messages == 0) return;
        await Flush(limits.SendDeadline);

        _outbox.Sent(messages, bytes);
        Sent += texts;
        foreach (var committed in _committed) metrics.Delivered(time.GetElapsedTime(committed));
        _committed.Clear();
    }

    private ValueTask SendClose()
    {
        var (code, reason) = CloseCodes.Of(Why!.Value);
        line.Output.AddClose(code, reason);
        return Flush(CloseHandshake);
    }

    /// <summary>Most of what is sent is taken at once; only what is not has a deadline, since a timer for each would cost more than the sending.</summary>
    /// <exception cref="TimeoutException">The client does not read.</exception>
    private async ValueTask Flush(TimeSpan deadline)
    {
        var flushing = line.Output.FlushAsync();
        if (flushing.IsCompleted) Check(await flushing);
        else
        {
            var late = flushing.AsTask();
            _flushing = late;
            Check(await late.WaitAsync(deadline, time));
        }

        static void Check(FlushResult result)
        {
            if (result.IsCompleted) throw new IOException("Nobody is there to read it.");
        }
    }
}
