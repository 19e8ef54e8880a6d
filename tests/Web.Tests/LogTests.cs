using System.Collections.Concurrent;
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
        await Condition.Holds(() => log.Lines.Count(line => line.Contains("ended: ", StringComparison.Ordinal)) == 2);

        var cookie = Assert.Single(ann.Cookies.GetAllCookies()).Value;
        Assert.True(registered.IsSuccessStatusCode);
        foreach (var secret in (string[])["canary", guest.Token!, cookie]) Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("of Ann ended: ", StringComparison.Ordinal));
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
