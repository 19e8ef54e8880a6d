using System.Buffers;
using System.Buffers.Binary;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>
/// The line beneath a WebSocket. The pings and pongs that arrive are counted: the platform answers them by itself and tells nobody, however many there are; a connection may send as many as it may
/// send frames. And frames that leave together are written in one go: a write costs more than anything else about a message.
/// </summary>
internal sealed class SocketLine(Stream line, WebSocketLimits limits, TimeProvider time) : Stream
{
    private readonly TokenBucket _frames = new(time, limits.Burst + limits.ExcessFrames, limits.FramesPerSecond);

    /// <summary>What has arrived of a frame before its payload: two bytes, up to eight of length, and the mask is taken for payload.</summary>
    private readonly byte[] _head = new byte[10];
    private int _read;
    private long _payload;
    private bool _isTooMuch;
    private long _passedOver;

    private readonly Lock _lock = new();

    /// <summary>What is held back, in a buffer of the pool.</summary>
    private byte[] _held = [];
    private int _length;
    private bool _isHolding;
    private bool _isReleasing;

    /// <summary>Called once, when there were too many.</summary>
    public Action TooMany { get; set; } = () => { };

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var count = await line.ReadAsync(buffer, cancellationToken);
            if (!_isTooMuch) Look(buffer.Span[..count]);

            // What comes after too many is read, so that the line is not reset before the client has read why, and goes nowhere.
            if (!_isTooMuch || count == 0) return count;
            if ((_passedOver += count) > Connection.LastWords) return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>From now on frames are held back, until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_lock) _isHolding = true;
    }

    /// <summary>Writes what was held back, and a pong that comes meanwhile; how many of those may come is bounded.</summary>
    public async ValueTask Release()
    {
        while (Take() is { Count: > 0 } frames)
        {
            await line.WriteAsync(frames.AsMemory());
            ArrayPool<byte>.Shared.Return(frames.Array!);
        }
    }

    // The platform writes one frame after the other.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_isHolding || _isReleasing)
            {
                Keep(buffer.Span);
                return default;
            }
        }
        return line.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Nothing to do: what is written to the web server is sent.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) line.Dispose();
        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> frame)
    {
        if (_held.Length < _length + frame.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_length + frame.Length);
            _held.AsSpan(0, _length).CopyTo(larger);
            if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held);
            _held = larger;
        }
        frame.CopyTo(_held.AsSpan(_length));
        _length += frame.Length;
    }

    /// <summary>What is held back, to be written; nothing more is held back when there is nothing.</summary>
    private ArraySegment<byte> Take()
    {
        lock (_lock)
        {
            var frames = new ArraySegment<byte>(_held, 0, _length);
            (_isHolding, _isReleasing) = (false, _length > 0);
            (_held, _length) = ([], 0);
            return frames;
        }
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !_isTooMuch)
        {
            if (_payload > 0)
            {
                var passed = (int)Math.Min(_payload, bytes.Length);
                _payload -= passed;
                bytes = bytes[passed..];
                continue;
            }

            _head[_read++] = bytes[0];
            bytes = bytes[1..];
            if (_read < 2 || _read < 2 + LengthBytes) continue;
            _payload = PayloadLength + (_head[1] >= 0x80 ? 4 : 0);
            _read = 0;
            if ((_head[0] & 0x08) != 0 && !_frames.TryTake()) Refuse();
        }
    }

    private int LengthBytes => (_head[1] & 0x7F) switch { 127 => 8, 126 => 2, _ => 0 };

    // A length that is none is the platform's to refuse.
    private long PayloadLength => LengthBytes switch
    {
        8 => Math.Clamp(BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)), 0, long.MaxValue - 4),
        2 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
        _ => _head[1] & 0x7F,
    };

    private void Refuse()
    {
        _isTooMuch = true;
        TooMany();
    }

    /// <summary>Puts itself between the web server and the platform's WebSocket.</summary>
    internal sealed class Upgrade(IHttpUpgradeFeature upgrade, WebSocketLimits limits, TimeProvider time) : IHttpUpgradeFeature
    {
        /// <summary>The line, once it has been upgraded.</summary>
        public SocketLine? Line { get; private set; }

        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => Line = new SocketLine(await upgrade.UpgradeAsync(), limits, time);
    }
}
