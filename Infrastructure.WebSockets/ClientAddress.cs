using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Who asks, as limits count them: an address of IPv4, or the /64 network of one of IPv6, for that is what one customer has, with more addresses in it than could ever be counted.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static IPAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
