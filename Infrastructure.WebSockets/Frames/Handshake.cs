using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>Turns a request that the platform has found to be an upgrade into the line beneath it.</summary>
internal static class Handshake
{
    /// <summary>What a server adds to a client's key, to show that it knows what it is asked for (RFC 6455, 1.3).</summary>
    private const string Known = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <param name="subProtocol">What was agreed upon; null for nothing.</param>
    public static async Task<Line> Accept(HttpContext context, string? subProtocol)
    {
        var headers = context.Response.Headers;
        if (subProtocol is not null) headers.SecWebSocketProtocol = subProtocol;

        // One of many streams on its line (HTTP/2, RFC 8441).
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            var stream = await connect.AcceptAsync();
            return new(PipeReader.Create(stream), PipeWriter.Create(stream), context.Abort);
        }

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Answer(context.Request.Headers.SecWebSocketKey.ToString());
        await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        return new(transport.Input, transport.Output, context.Abort);
    }

    // SHA-1 is what the protocol asks for; it keeps no secret.
    private static string Answer(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Known)));
}
