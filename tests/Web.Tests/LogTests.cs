using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Web.Tests;

/// <summary>What is written down about people: nothing that somebody else could use.</summary>
public sealed class LogTests
{
    private const string Password = "canary in a coal mine";
    private const string Wrong = "canary in a gold mine";
    private const string Said = "canary that sings";

    [Fact]
    public async Task No_password_token_cookie_or_message_is_ever_written_to_the_log()
    {
        using var log = new Recorder();
        await using var server = await RunningServer.Start(
            services => services.AddSingleton<ILoggerProvider>(log), "--Logging:LogLevel:Default", "Debug", "--Logging:LogLevel:Microsoft", "Debug");
        using var ann = new Visitor(server);
        using var guest = new Bot("Bob");
        await guest.Join(server.Address);

        var registered = await ann.Send(HttpMethod.Post, "/api/account", new { name = "Ann", password = Password, token = (string?)null });
        await ann.Send(HttpMethod.Post, "/api/session", new { name = "Ann", password = Wrong });
        await ann.Send(HttpMethod.Post, "/api/session", new { name = "Ann", password = Password });
        await ann.Send(HttpMethod.Post, "/api/session", new { name = Said, password = Password, isAdmin = Said });
        await ann.Send(HttpMethod.Post, "/api/replays", new { record = Said });
        using (var line = await Line.Open(server.Address, ann.Cookies))
        {
            await line.Send(new() { ["type"] = "new_connection" });
            await line.Send(new() { ["type"] = "find", ["prefix"] = Said });
            await line.Send(new() { ["type"] = Said });
            await line.Send(new() { ["type"] = "challenge", ["opponent"] = Said });
            await line.Close();
        }
        await guest.Leave();
        await Condition.Holds(() => log.Lines.Count(line => line.Contains(" ended after ", StringComparison.Ordinal)) == 2);

        var cookie = Assert.Single(ann.Cookies.GetAllCookies()).Value;
        Assert.True(registered.IsSuccessStatusCode);
        foreach (var secret in (string[])["canary", guest.Token!, cookie]) Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("of Ann ended after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happens_to_accounts_is_written_down_and_who_failed_is_not()
    {
        using var log = new Recorder();
        await using var server = await RunningServer.Start(services => services.AddSingleton<ILoggerProvider>(log), "--Logging:LogLevel:Default", "Information");
        using var ann = new Visitor(server);

        await ann.Send(HttpMethod.Post, "/api/account", new { name = "Ann", password = Password, token = (string?)null });
        await ann.Send(HttpMethod.Put, "/api/account/password", new { current = Wrong, @new = Said });
        await ann.Send(HttpMethod.Put, "/api/account/password", new { current = Password, @new = Said });
        await ann.Send(HttpMethod.Delete, "/api/session");
        for (var attempt = 0; attempt < 6; attempt++) await ann.Send(HttpMethod.Post, "/api/session", new { name = "Bob", password = Wrong });
        await ann.Send(HttpMethod.Post, "/api/session", new { name = "Ann", password = Said });
        await ann.Send(HttpMethod.Patch, "/api/account", new { name = "Anna" });
        await ann.Send(HttpMethod.Post, "/api/session", new { name = "Anna", password = Said });
        await ann.Send(HttpMethod.Delete, "/api/account", new { password = Said });

        string[] said = [.. log.Lines.Select(line => line.Trim()).Where(line => line.Contains("Ann", StringComparison.Ordinal) || line.StartsWith("Somebody", StringComparison.Ordinal) || line.StartsWith("Passwords", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "Ann created an account", "Somebody gave a wrong name or password", "Ann set another password", "Ann logged out", .. Enumerable.Repeat("Somebody gave a wrong name or password", 5),
                "Passwords are refused unseen for passwords_per_account; said once a minute", "Ann logged in", "Ann has another name now: Anna", "Anna logged in", "Anna deleted the account",
            ],
            said);
    }

    [Fact]
    public async Task A_foreign_origin_is_written_down_once_a_minute_and_no_longer_than_it_needs_to_be()
    {
        using var log = new Recorder();
        await using var server = await RunningServer.Start(services => services.AddSingleton<ILoggerProvider>(log));
        server.TimeFlows = false;

        for (var attempt = 0; attempt < 3; attempt++)
            foreach (var origin in (string[])["http://evil.example", $"http://{new string('x', 5_000)}.example"]) await Refused(server, origin);
        server.Leap(TimeSpan.FromMinutes(1));
        await Refused(server, "http://evil.example");

        string[] said = [.. log.Lines.Where(line => line.Contains("another site", StringComparison.Ordinal))];
        Assert.Equal([true, false, true], said.Select(line => line.Contains("http://evil.example,", StringComparison.Ordinal)));
        Assert.All(said, line => Assert.InRange(line.Length, 1, 250));
    }

    private static async Task Refused(RunningServer server, string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None));
    }

    /// <summary>Every line of every logger, with what went wrong.</summary>
    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
