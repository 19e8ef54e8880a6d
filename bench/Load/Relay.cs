using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Bench.Load;

/// <summary>The limit: a server on the same platform that only sends each message to both of a pair. It knows neither JSON nor rules, and writes nothing down.</summary>
internal static class Relay
{
    public static async Task Run(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(url);
        app.UseWebSockets();
        var pairs = new ConcurrentDictionary<string, Line?[]>();
        app.Map("/relay", async context =>
        {
            using var line = new Line(await context.WebSockets.AcceptWebSocketAsync());
            var pair = pairs.GetOrAdd(context.Request.Query["pair"].ToString(), _ => new Line?[2]);
            if (Interlocked.CompareExchange(ref pair[0], line, null) is not null) pair[1] = line;
            await Pass(line, pair);
        });
        await app.RunAsync();
    }

    private static async Task Pass(Line line, Line?[] pair)
    {
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var message = await line.Socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (message.MessageType == WebSocketMessageType.Close) return;
                foreach (var end in pair) await end!.Send(buffer.AsMemory(0, message.Count));
            }
        }
        catch (WebSocketException)
        {
            // The measurement is over.
        }
    }

    private sealed class Line(WebSocket socket) : IDisposable
    {
        private readonly SemaphoreSlim _sending = new(1);

        public WebSocket Socket => socket;

        public async Task Send(ReadOnlyMemory<byte> message)
        {
            await _sending.WaitAsync();
            try
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            finally
            {
                _sending.Release();
            }
        }

        public void Dispose()
        {
            socket.Dispose();
            _sending.Dispose();
        }
    }
}
