using System.Net;
using System.Net.Sockets;

namespace ConnectFour.Hostile;

/// <summary>Addresses for those who must not share one. The whole of 127.0.0.0/8 is ours.</summary>
internal static class Loopback
{
    private static int _last;

    /// <summary>One that nobody has had.</summary>
    public static IPAddress Next()
    {
        var number = Interlocked.Increment(ref _last);
        return new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + number % 250)]);
    }

    /// <summary>A browser at an address; it says nothing of where its requests come from.</summary>
    public static HttpClient Http(Uri server, IPAddress from) => new(new SocketsHttpHandler
    {
        UseCookies = true,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(60),
    };
}
