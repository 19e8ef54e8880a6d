using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading.Channels;
using ConnectFour.Infrastructure.WebSockets.Frames;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>A line whose other side is the test: what arrives is put in, as a client's frames, and the server's frames are taken apart and kept.</summary>
internal sealed class FarEnd : PipeWriter, IDisposable
{
    private readonly Pipe _arriving = new(new PipeOptions(readerScheduler: PipeScheduler.ThreadPool, pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isCut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _written = new();
    private bool _isWithin;
    private bool _hasClosed;
    private bool _reads = true;

    public FarEnd() => Line = new Line(_arriving.Reader, this, Cut);

    public Line Line { get; }

    /// <summary>The code that the server closed with, once it has.</summary>
    public WebSocketCloseStatus? ClosedByServer { get; private set; }

    /// <summary>Whether a send waits for a client that does not read.</summary>
    public bool Hangs { get; private set; }

    /// <summary>Pings of the server.</summary>
    public int Pings { get; private set; }

    /// <summary>What the server sends; ends when it has closed.</summary>
    public ChannelReader<byte[]> Sent => _sent.Reader;

    public void Put(byte[] bytes, Opcode opcode = Opcode.Text, bool isLast = true)
    {
        // The rest of a message says that it is one.
        var said = _isWithin && opcode == Opcode.Text ? Opcode.Continuation : opcode;
        if (opcode == Opcode.Text) _isWithin = !isLast;
        Write(ClientFrames.Frame((int)said, bytes, isLast));
    }

    /// <summary>The client closes with a code, or the line is cut.</summary>
    public void Close(WebSocketCloseStatus? code)
    {
        if (code is WebSocketCloseStatus.Empty) Put([], Opcode.Close);
        else if (code is { } number) Put([(byte)((int)number >> 8), (byte)number], Opcode.Close);
        else Cut();
    }

    /// <summary>From now on whatever the server sends hangs.</summary>
    public void StopReading() => _reads = false;

    public void ReadOn()
    {
        _reads = true;
        _mayRead.TrySetResult();
    }

    public override void Advance(int bytes) => _written.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _written.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _written.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!_reads)
        {
            Hangs = true;
            await Task.WhenAny(_mayRead.Task, _isCut.Task);
        }
        if (_isCut.Task.IsCompleted) return new(isCanceled: false, isCompleted: true);
        TakeApart(_written.WrittenSpan);
        _written.Clear();
        return default;
    }

    public override void CancelPendingFlush() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null) => throw new NotSupportedException();

    public void Dispose() => Cut();

    private void TakeApart(ReadOnlySpan<byte> frames)
    {
        while (!frames.IsEmpty)
        {
            var (head, length) = frames[1] switch
            {
                126 => (4, BinaryPrimitives.ReadUInt16BigEndian(frames[2..])),
                127 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(frames[2..])),
                var shortest => (2, shortest),
            };
            Hear((Opcode)(frames[0] & 0x0F), frames.Slice(head, length));
            frames = frames[(head + length)..];
        }
    }

    private void Hear(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        switch (opcode)
        {
            case Opcode.Text:
                _sent.Writer.TryWrite(payload.ToArray());
                break;
            case Opcode.Ping:
                Pings++;
                break;
            case Opcode.Close:
                ClosedByServer = (WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(payload);
                _sent.Writer.TryComplete();
                Put(payload[..2].ToArray(), Opcode.Close); // A client answers a close with a close.
                break;
        }
    }

    private void Cut()
    {
        lock (_lock)
        {
            if (_hasClosed) return;
            _hasClosed = true;
            _arriving.Writer.Complete();
        }
        _isCut.TrySetResult();
        _sent.Writer.TryComplete();
    }

    private void Write(byte[] frame)
    {
        lock (_lock)
        {
            if (_hasClosed) return;
            _arriving.Writer.WriteAsync(frame).AsTask(); // At once, for there is no limit to what may wait.
        }
    }
}
