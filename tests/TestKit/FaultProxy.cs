using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>What a faulty network does with what is sent over it.</summary>
public enum Fault
{
    /// <summary>Nothing: it passes all on.</summary>
    None,

    /// <summary>It keeps all, and passes it on once the fault is over: a line that stands still.</summary>
    Stall,

    /// <summary>It loses all without a word, as when a cable is pulled.</summary>
    BlackHole,
}

/// <summary>A network between two parties of one TCP protocol, whatever it is, that can be made to fail. Either way has its own fault, and all lines through it share them.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int Piece = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Line, Task> _lines = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private FaultProxy(Uri to)
    {
        To = to;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>The party behind it; another one is that of whoever calls from now on.</summary>
    public Uri To { get; set; }

    /// <summary>What to call instead of the party behind it.</summary>
    public Uri Address => new UriBuilder(To) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    /// <summary>From whoever called.</summary>
    public Way Inwards { get; } = new();

    /// <summary>To whoever called.</summary>
    public Way Outwards { get; } = new();

    /// <summary>Lines that neither end has closed.</summary>
    public int Lines => _lines.Count;

    public static FaultProxy Before(Uri party) => new(party);

    /// <summary>What is sent in both ways is from now on treated so.</summary>
    public void Fail(Fault fault) => (Inwards.Fault, Outwards.Fault) = (fault, fault);

    /// <summary>Cuts all lines with a reset to both ends.</summary>
    public void Reset()
    {
        foreach (var line in _lines.Keys) line.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Reset();
        await _accepting;
        await Task.WhenAll(_lines.Values);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var line = new Line(await _listener.AcceptSocketAsync(_end.Token));
                _lines[line] = Serve(line);
                if (_lines[line].IsCompleted) _lines.TryRemove(line, out _);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task Serve(Line line)
    {
        try
        {
            await line.Far.ConnectAsync(To.Host, To.Port, _end.Token);
            await Task.WhenAny(Pass(line.Near, line.Far, Inwards), Pass(line.Far, line.Near, Outwards));
        }
        catch (Exception problem) when (IsCut(problem))
        {
            // The party behind is away; whoever called is told by the end of the line.
        }
        line.Close();
        _lines.TryRemove(line, out _);
    }

    /// <summary>Until one end closes; a black hole loses that as well, and both ends stay half open.</summary>
    private async Task Pass(Socket from, Socket to, Way way)
    {
        var piece = new byte[Piece];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(piece, _end.Token);
                await way.Delay(_end.Token);
                if (way.Fault == Fault.BlackHole)
                {
                    if (count == 0) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                    continue;
                }
                if (count == 0) return;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(piece.AsMemory(sent, count - sent), _end.Token);
            }
        }
        catch (Exception problem) when (IsCut(problem))
        {
            if (way.Fault == Fault.BlackHole && !_end.IsCancellationRequested && !from.SafeHandle.IsClosed)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsCut(Exception problem) => problem is SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>One way through the proxy.</summary>
    public sealed class Way
    {
        private volatile TaskCompletionSource _moving = Completed();
        private volatile Fault _fault;

        /// <summary>How much later everything arrives.</summary>
        public TimeSpan Latency { get; set; }

        public Fault Fault
        {
            get => _fault;
            set
            {
                _fault = value;
                if (value == Fault.Stall) _moving = new(TaskCreationOptions.RunContinuationsAsynchronously);
                else _moving.TrySetResult();
            }
        }

        internal async Task Delay(CancellationToken end)
        {
            if (Latency > TimeSpan.Zero) await Task.Delay(Latency, TimeProvider.System, end);
            await _moving.Task.WaitAsync(end);
        }

        private static TaskCompletionSource Completed()
        {
            var completed = new TaskCompletionSource();
            completed.SetResult();
            return completed;
        }
    }

    /// <summary>One call, with the line to whoever called and the line to whom they wanted.</summary>
    private sealed class Line(Socket near)
    {
        public Socket Near => near;

        public Socket Far { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public void Reset()
        {
            Reset(near);
            Reset(Far);
        }

        public void Close()
        {
            near.Dispose();
            Far.Dispose();
        }

        private static void Reset(Socket socket)
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
            }
            catch (ObjectDisposedException)
            {
                // It has ended already.
            }
        }
    }
}
