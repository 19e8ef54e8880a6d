using System.Net;
using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>
/// Ports for programs that have to be told where to listen, below those that the system gives to outgoing connections. One of theirs could be taken while
/// the program is away, even by a client that calls it and, by chance from the very same port, reaches itself. Each is given once, since a program takes a while to listen.
/// </summary>
public static class FreePort
{
    /// <summary>Two processes that begin one after the other, and run at once, have a hundred ports each before they meet.</summary>
    private static int _last = 20_000 + Environment.ProcessId * 101 % 10_000;

    /// <param name="inARow">How many have to be free, at least 1.</param>
    /// <returns>The first of them.</returns>
    public static int Find(int inARow = 1)
    {
        while (true)
        {
            var first = Interlocked.Add(ref _last, inARow) - inARow + 1;
            if (Enumerable.Range(first, inARow).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // Somebody else's.
        }
    }
}
