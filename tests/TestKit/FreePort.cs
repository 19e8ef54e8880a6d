using System.Net;
using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>For a program that has to be told where to listen.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
