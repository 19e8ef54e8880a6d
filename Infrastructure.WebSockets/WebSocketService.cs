using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Ticks the lobby and looks after sessions while the server runs, and sends everybody away in order when it stops.</summary>
internal sealed partial class WebSocketService(
    LobbyFeed feed, RunningFeed games, Broadcaster broadcaster, IWatchers watchers, LiveGames live, Sessions sessions, Admission admission, KeepAlive keepAlive, WebSocketLimits limits, TimeProvider time, ILogger<WebSocketService> log)
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>Connections that are closed in one go when the server stops, fifty times a second: their clients come back as they went, and not all in one instant.</summary>
    private const int ClosedAtOnce = 100;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Duty.Every(limits.LobbyTick, feed.Tick, LogTickFailed, time, stoppingToken), // The next tick sends what this one could not.
        Duty.Every(limits.LobbyTick, CountWatchers, LogTickFailed, time, stoppingToken),
        Duty.Every(limits.GamesTick, games.Tick, LogTickFailed, time, stoppingToken),
        Duty.Every(keepAlive.Beat, WatchLines, LogTickFailed, time, stoppingToken),
        Duty.Every(limits.SessionCheck, CheckSessions, LogCheckFailed, time, stoppingToken));

    private Task CountWatchers()
    {
        foreach (var id in watchers.Changed())
            if (live.Find(id) is { } game) broadcaster.CountWatchers(game);
        return Task.CompletedTask;
    }

    private Task WatchLines()
    {
        foreach (var session in sessions.All) session.Connection.Watch(keepAlive);
        return Task.CompletedTask;
    }

    private async Task CheckSessions()
    {
        foreach (var session in sessions.All) await session.EndIfLoggedOut();
    }

    /// <summary>Runs before the web server stops: it would wait half a minute for open sockets and then reset them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        admission.Close();

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.Drain);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            do
            {
                // Every time anew, for an upgrade that had been let in may only now have become a connection. Ids are random, and so is their order.
                foreach (var session in sessions.All.Where(session => !session.Connection.IsEnding).OrderBy(session => session.Id.Value, StringComparer.Ordinal).Take(ClosedAtOnce)) session.Connection.End(Ending.Restart);
            }
            while (admission.Count > 0 && await timer.WaitForNextTickAsync(deadline.Token));
        }
        catch (OperationCanceledException)
        {
            LogDrainUnfinished(admission.Count);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Error, "A tick of the lobby failed")]
    private partial void LogTickFailed(Exception problem);

    [LoggerMessage(1103, LogLevel.Error, "The sessions of open connections could not be looked at")]
    private partial void LogCheckFailed(Exception problem);

    [LoggerMessage(1102, LogLevel.Warning, "{Count} connections were still open when the time to close them was over")]
    private partial void LogDrainUnfinished(int count);
}
