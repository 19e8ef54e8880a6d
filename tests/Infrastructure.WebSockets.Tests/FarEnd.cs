using System.Net.WebSockets;
using System.Threading.Channels;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>A socket whose other side is the test: what arrives is put in, what the server sends is kept.</summary>
internal sealed class FarEnd : WebSocket
{
    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type, bool IsLast)> _arriving = Channel.CreateUnbounded<(byte[], WebSocketMessageType, bool)>();
    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _mayRead = new();

    /// <summary>What did not fit into the buffer of who read last.</summary>
    private (byte[] Bytes, WebSocketMessageType Type, bool IsLast)? _rest;

    private WebSocketCloseStatus? _closeStatus;
    private WebSocketState _state = WebSocketState.Open;
    private bool _reads = true;

    /// <summary>The code that the server closed with, once it has.</summary>
    public WebSocketCloseStatus? ClosedByServer { get; private set; }

    /// <summary>Whether a send waits for a client that does not read.</summary>
    public bool Hangs { get; private set; }

    /// <summary>What the server sends; ends when it has closed.</summary>
    public ChannelReader<byte[]> Sent => _sent.Reader;

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => _state;
    public override string? SubProtocol => null;

    public void Put(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true) => _arriving.Writer.TryWrite((bytes, type, isLast));

    /// <summary>The client closes with a code, or the line is cut.</summary>
    public void Close(WebSocketCloseStatus? code)
    {
        if (code is null) _arriving.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        else
        {
            _closeStatus = code;
            Put([], WebSocketMessageType.Close);
        }
    }

    /// <summary>From now on whatever the server sends hangs.</summary>
    public void StopReading() => _reads = false;

    public void ReadOn()
    {
        _reads = true;
        _mayRead.TrySetResult();
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, type, isLast) = _rest ?? await _arriving.Reader.ReadAsync(cancellationToken);
            var fits = Math.Min(bytes.Length, buffer.Count);
            bytes.AsSpan(0, fits).CopyTo(buffer);
            _rest = fits == bytes.Length ? null : (bytes[fits..], type, isLast);
            if (type == WebSocketMessageType.Close) _state = _state == WebSocketState.CloseSent ? WebSocketState.Closed : WebSocketState.CloseReceived;
            return new(fits, type, isLast && _rest is null);
        }
        catch (ChannelClosedException closed)
        {
            _state = WebSocketState.Aborted;
            throw closed.InnerException ?? new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }
    }

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (!_reads)
        {
            Hangs = true;
            try
            {
                await _mayRead.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Abort(); // As with a real socket, a send that is given up leaves nothing to go on with.
                throw;
            }
        }
        if (_state is not (WebSocketState.Open or WebSocketState.CloseReceived)) throw new WebSocketException(WebSocketError.InvalidState);
        _sent.Writer.TryWrite([.. buffer]);
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        ClosedByServer = closeStatus;
        _state = _state == WebSocketState.CloseReceived ? WebSocketState.Closed : WebSocketState.CloseSent;
        _sent.Writer.TryComplete();
        if (_state == WebSocketState.CloseSent) Close(closeStatus); // A client answers a close with a close.
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort()
    {
        _state = WebSocketState.Aborted;
        _arriving.Writer.TryComplete();
        _sent.Writer.TryComplete();
    }

    public override void Dispose() => Abort();
}
