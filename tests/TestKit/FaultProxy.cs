using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>A network between two parties of one TCP protocol, whatever it is, that can be made to fail. Either way has its own fault, and all lines through it share them.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<FaultyLine, TaskCompletionSource> _lines = [];
    private readonly Task _accepting;
    private int _calls;

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
    public FaultyWay Inwards { get; } = new();

    /// <summary>To whoever called.</summary>
    public FaultyWay Outwards { get; } = new();

    /// <summary>Lines that have not ended.</summary>
    public int Lines => _lines.Count;

    public static FaultProxy Before(Uri party) => new(party);

    /// <summary>What is sent in both ways is from now on treated so.</summary>
    public void Fail(Fault fault) => (Inwards.Fault, Outwards.Fault) = (fault, fault);

    /// <summary>Cuts all lines with a reset to both ends.</summary>
    public void Reset()
    {
        foreach (var line in _lines.Keys) line.Reset();
    }

    /// <summary>On all lines, whoever hears what is sent this way is told that there is nothing more, and what there is, is lost; whoever sends it is not told, and hears on.</summary>
    public void HalfClose(FaultyWay way)
    {
        foreach (var line in _lines.Keys) line.HalfClose(way);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Reset();
        await Task.WhenAll(_lines.Values.Select(ended => ended.Task));
        _listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(new FaultyLine(await _listener.AcceptSocketAsync(), Inwards, Outwards, _calls++));
        }
        catch (Exception problem) when (problem is SocketException or InvalidOperationException)
        {
            // Disposed, in the middle of a wait or between two.
        }
    }

    private async Task Serve(FaultyLine line)
    {
        var ended = _lines[line] = new();
        using (line) await line.Serve(To);
        _lines.TryRemove(line, out _);
        ended.SetResult();
    }
}
