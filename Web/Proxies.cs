using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ConnectFour.Web;

/// <summary>Whom the server believes when they say on whose behalf a request comes, and over what: nobody, unless they are named.</summary>
internal static class Proxies
{
    /// <summary>Takes the address and the scheme of the far end from the proxies of <c>ConnectFour:Proxies</c>; the header of anybody else is passed over.</summary>
    public static void UseProxies(this WebApplication app, IReadOnlyCollection<IPNetwork> proxies)
    {
        if (proxies.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Reads addresses and networks such as <c>127.0.0.1, 10.0.0.0/8, ::1</c>.</summary>
    public static bool TryRead(string text, out IReadOnlyCollection<IPNetwork> proxies)
    {
        var read = new List<IPNetwork>();
        proxies = read;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) read.Add(network);
            else if (IPAddress.TryParse(part, out var address)) read.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else return false;
        }
        return true;
    }
}
