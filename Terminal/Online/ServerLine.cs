using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace ConnectFour.Terminal.Online;

/// <summary>A line to the server that comes back when it is cut. Knows sockets and JSON, and no game.</summary>
internal sealed class ServerLine(Uri server, TimeProvider time, int seed)
{
    private const string SubProtocol = "connect-four.v1";

    /// <summary>A user list with 200 users is below 64 KB.</summary>
    private const int LongestMessage = 1024 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PauseWhenTold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PongDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(seed);
    private Channel<ClientMessage>? _out;

    /// <summary>Says something, if the line is open; otherwise it is lost, as on a real line.</summary>
    public void Send(ClientMessage message) => _out?.Writer.TryWrite(message);

    /// <summary>Until cancelled, or until there is no sense in coming back.</summary>
    /// <param name="opened">Is told each time that there is a line.</param>
    /// <param name="heard">Is told every message, in order.</param>
    /// <param name="changed">Is told when the line is lost or ended.</param>
    public async Task Run(Action opened, Action<ServerMessage> heard, Action<LineState> changed, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (!cancellation.IsCancellationRequested)
        {
            LineEnd end;
            try
            {
                end = await Once(opened, message =>
                {
                    if (message is ServerMessage.Welcome) pause = FirstPause;
                    heard(message);
                }, cancellation);
            }
            catch (Exception problem) when (problem is WebSocketException or IOException or JsonException or OperationCanceledException or HttpRequestException)
            {
                end = new LineEnd.Cut(problem.GetBaseException().Message);
            }
            if (cancellation.IsCancellationRequested) return;

            if (end is LineEnd.Final final)
            {
                changed(new LineState.Ended(final.Why));
                return;
            }
            changed(new LineState.Lost(end.Why));
            await Task.Delay(end is LineEnd.TooMuch ? PauseWhenTold : pause * (0.5 + _random.NextDouble()), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>How a line ended, and so what to do: docs/protocol.md lists the codes.</summary>
    private abstract record LineEnd(string Why)
    {
        public sealed record Cut(string Why) : LineEnd(Why);

        public sealed record TooMuch(string Why) : LineEnd(Why);

        public sealed record Final(string Why) : LineEnd(Why);

        public static LineEnd Of(int code) => code switch
        {
            1002 or 1003 or 1007 or 1009 or 4010 => new Final($"The server does not understand this client (code {code})."),
            4008 => new TooMuch("The server asks for a pause."),
            1012 => new Cut("The server restarts."),
            _ => new Cut($"The server closed the line (code {code})."),
        };

        public static LineEnd Of(HttpStatusCode answer) => answer switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new Cut($"The server is full or shutting down ({(int)answer})."),
            _ => new Final($"There is no Connect Four at this address ({(int)answer})."),
        };
    }

    private async Task<LineEnd> Once(Action opened, Action<ServerMessage> heard, CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.CollectHttpResponseDetails = true;
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (Ping, PongDeadline);
        try
        {
            await socket.ConnectAsync(Address(server), cancellation);
        }
        catch (WebSocketException) when (socket.HttpStatusCode is not (0 or HttpStatusCode.SwitchingProtocols))
        {
            return LineEnd.Of(socket.HttpStatusCode);
        }

        var messages = _out = Channel.CreateUnbounded<ClientMessage>();
        var sending = Sending(socket, messages.Reader);

        // To cancel a receive is to cut the line. Whoever leaves on purpose says so first, and then waits a little for the answer.
        using var cut = new CancellationTokenSource();
        using var leaving = cancellation.Register(() =>
        {
            messages.Writer.TryComplete();
            cut.CancelAfter(Farewell);
        });
        opened();
        try
        {
            return await Receiving(socket, heard, cut.Token);
        }
        finally
        {
            _out = null;
            messages.Writer.TryComplete();
            await sending;
        }
    }

    /// <summary>Until there is no more to say, and then the line is closed.</summary>
    private static async Task Sending(ClientWebSocket socket, ChannelReader<ClientMessage> messages)
    {
        try
        {
            await foreach (var message in messages.ReadAllAsync())
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, WireContext.Default.ClientMessage), WebSocketMessageType.Text, true, CancellationToken.None);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException or IOException)
        {
            // The receiving loop finds out too, and says why.
        }
    }

    private static async Task<LineEnd> Receiving(ClientWebSocket socket, Action<ServerMessage> heard, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var piece = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (piece.MessageType == WebSocketMessageType.Close) return LineEnd.Of((int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty));
            if (message.Length + piece.Count > LongestMessage) return new LineEnd.Final("The server sends more than a client can take.");

            message.Write(buffer, 0, piece.Count);
            if (!piece.EndOfMessage) continue;
            if (JsonSerializer.Deserialize(message.GetBuffer().AsSpan(0, (int)message.Length), WireContext.Default.ServerMessage) is { } said) heard(said);
            message.SetLength(0);
        }
    }

    /// <summary>The server may lie below a path.</summary>
    private static Uri Address(Uri server) =>
        new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs, Path = $"{server.AbsolutePath.TrimEnd('/')}/ws" }.Uri;
}
