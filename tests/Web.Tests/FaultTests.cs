using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ConnectFour.Infrastructure.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Web.Tests;

/// <summary>What is logged as the server's own fault is one: whoever keeps a server awake at night reads these lines.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_never_answers_a_close_is_not_a_fault_of_the_server(bool hangsUp)
    {
        using var log = new RecordedFaults();
        await using var server = await RunningServer.Start(
            services => services.AddLogging(logging => logging.AddProvider(log)), "--ConnectFour:Limits:FirstMessage", "00:00:00.1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {server.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"), patience.Token);

        const byte close = 0x88;
        var heard = new byte[1_024];
        while (!heard.Contains(close)) await stream.ReadAtLeastAsync(heard, 1, cancellationToken: patience.Token);
        if (hangsUp) client.Client.Close(0);
        else await server.Pass(TimeSpan.FromSeconds(3));
        await Condition.Holds(() => server.Get<Admission>().Count == 0);

        Assert.Empty(log.Faults);
    }

    private sealed class RecordedFaults : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Faults { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Faults.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
