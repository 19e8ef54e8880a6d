using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Schema;
using ConnectFour.Infrastructure.WebSockets;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task A_report_that_two_ask_for_at_once_is_kept_once_and_no_fault_of_the_server()
    {
        using var log = new RecordedFaults();
        await using var server = await RunningServer.Start(services => services.AddLogging(logging => logging.AddProvider(log)), Match.Unhurried);
        var (ann, bob) = (new Bot("Ann"), new Bot("Bob"));
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        var game = new GameId(await Match.Begin(ann, bob));
        await Match.Finish(ann, bob, Match.FirstWins);
        var reports = server.Get<Reports>();

        await reports.Keep(game, [1]);
        await reports.Keep(game, [2]);

        Assert.Equal([1], await reports.Find(game));
        Assert.Empty(log.Faults);
    }

    [Fact]
    public async Task While_the_disk_is_full_an_account_is_refused_as_a_move_is_and_that_is_no_fault_of_the_server()
    {
        using var log = new RecordedFaults();
        await using var server = await RunningServer.Start(services => services.AddLogging(logging => logging.AddProvider(log)).AddSingleton<IPasswordHasher<Account>, FullDiskHasher>());
        using var ann = new Visitor(server);

        var refused = await ann.Post("/api/account", new { name = "Ann", password = Visitor.Password });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), await Visitor.Problem(refused));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Empty(log.Faults);
    }

    /// <summary>Finds no room, as SQLite says it and Entity Framework passes it on.</summary>
    private sealed class FullDiskHasher : IPasswordHasher<Account>
    {
        private const int Full = 13;

        public string HashPassword(Account user, string password) => throw new DbUpdateException("Nothing was saved.", new SqliteException("The disk is full.", Full));

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => PasswordVerificationResult.Failed;
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
