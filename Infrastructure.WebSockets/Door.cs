using System.Diagnostics;
using System.Security.Claims;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Infrastructure.WebSockets.Frames;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>The upgrade at <c>/ws</c>: who is let in, and what becomes of them.</summary>
internal sealed partial class Door(
    Admission admission, Sessions sessions, Greeting greeting, LobbyFeed feed, RunningFeed running, WholeGames whole, ILogins logins, IMediator mediator, Node node, IRandomness randomness, ServerTime serverTime,
    WebSocketLimits limits, SocketMetrics metrics, TimeProvider time, ILogger<Door> log)
{
    public const string SubProtocol = "connect-four.v1";

    /// <summary>As much of an origin as is written down: it is whatever somebody chose to send.</summary>
    private const int OriginLength = 100;

    private readonly Seldom _refusals = new(time, TimeSpan.FromMinutes(1));

    public async Task Enter(HttpContext context)
    {
        if (Refusal(context) is { } status)
        {
            if (status == StatusCodes.Status403Forbidden) SayForeign(context.Request.Headers.Origin.ToString());
            Refuse(context, status);
            return;
        }

        var address = ClientAddress.Of(context);
        if (admission.TryEnter(address) is var answer and not Admission.Answer.Welcome)
        {
            var (rule, refusal) = answer == Admission.Answer.AddressFull
                ? ("connections_per_address", StatusCodes.Status429TooManyRequests)
                : ("connections", StatusCodes.Status503ServiceUnavailable);
            metrics.Rejected(rule);
            if (_refusals.IsDue(rule)) LogFull(answer);
            Refuse(context, refusal);
            return;
        }

        try
        {
            var line = await Handshake.Accept(context, context.WebSockets.WebSocketRequestedProtocols.Count == 0 ? null : SubProtocol);
            // A browser always says which page asks; a cookie without that is none that a browser sent along.
            var visitor = context.Request.Headers.Origin.Count == 0 ? null : context.User;
            await Serve(line, visitor);
        }
        finally
        {
            admission.Exit(address);
        }
    }

    /// <summary>Serves one connection until it has ended and its user has lost it.</summary>
    /// <param name="visitor">Who opened it, as the host's authentication knows them; null for somebody without a session.</param>
    public async Task Serve(Line line, ClaimsPrincipal? visitor = null)
    {
        Activity.Current = null; // That of the upgrade, whose sampling would be that of all its messages.
        var connection = new Connection(line, limits, metrics, time);
        var session = new Session(NewId(), () => visitor is null ? new(default(Credential)) : logins.Find(visitor), connection, sessions, greeting, feed, running, whole, mediator, serverTime, limits, metrics, time);
        sessions.Add(session);
        var opened = time.GetTimestamp();
        try
        {
            await using var silence = time.CreateTimer(_ => EndIfSilent(session), null, limits.FirstMessage, Timeout.InfiniteTimeSpan);
            metrics.Opened();
            var why = await connection.Run(session);
            metrics.Ended(why);
            if (connection.Fault is { } fault) LogFault(fault, session.Id.Value);
            LogEnded(session.Id.Value, session.User?.Text, time.GetElapsedTime(opened).TotalSeconds, why, connection.Received, connection.Sent);
        }
        finally
        {
            sessions.Remove(session);
            feed.Leave(session);
            running.Leave(session);
            if (session.User is { } user) await mediator.Send(new DisconnectCommand(user, session.Id, connection.LeftOnPurpose));
        }
    }

    /// <summary>The status that refuses the upgrade, or null.</summary>
    private static int? Refusal(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || HttpProtocol.IsHttp10(context.Request.Protocol)) return StatusCodes.Status400BadRequest;
        if (!IsOwnOrigin(context.Request)) return StatusCodes.Status403Forbidden;
        var wanted = context.WebSockets.WebSocketRequestedProtocols;
        return wanted.Count == 0 || wanted.Contains(SubProtocol) ? null : StatusCodes.Status400BadRequest;
    }

    /// <summary>Whoever is not let in has no further business here: the line is closed too.</summary>
    private static void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close";
        context.Response.Headers.SecWebSocketVersion = "13"; // The only one there is (RFC 6455, 4.4).
    }

    /// <summary>A browser says which page opens the socket, and only our own may. A program that is no browser has no origin, and no cookie of ours either.</summary>
    private static bool IsOwnOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not [var origin]) return request.Headers.Origin.Count == 0;
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private void SayForeign(string origin)
    {
        var start = origin[..Math.Min(origin.Length, OriginLength)];
        if (_refusals.IsDue(start)) LogForeignOrigin(start);
    }

    private static void EndIfSilent(Session session)
    {
        if (session.User is null) session.Connection.End(Ending.Silent);
    }

    private ConnectionId NewId()
    {
        Span<byte> bytes = stackalloc byte[8];
        randomness.Fill(bytes);
        return node.NewConnection(Convert.ToHexString(bytes));
    }
}
