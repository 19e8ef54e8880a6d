using System.Net;
using System.Net.Sockets;

namespace ConnectFour.Terminal.Tests;

/// <summary>A line between client and server that can be cut, as lines are: without a word.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly Uri _server;
    private readonly Task _accepting;
    private bool _isCut;

    public Relay(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = Accept();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Every line ends, and no new one gets through.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (var end in _open) end.Close();
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock) _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Dispose();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Pass(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(TcpClient client)
    {
        var server = new TcpClient();
        using (client)
        using (server)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                lock (_lock)
                {
                    if (_isCut) return;
                    _open.AddRange([client, server]);
                }
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            }
            catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // One of its ends is gone.
            }
        }
    }
}
