using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web.Operations;

namespace ConnectFour.Web;

/// <summary>Takes up the games of the last server before anybody connects, and ends this one when nothing is known of its disk any more.</summary>
internal sealed partial class RestartService(Recovery recovery, ILobby lobby, PlayMetrics metrics, StorageHealth storage, IHostApplicationLifetime lifetime, ILogger<RestartService> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await recovery.Restart();
        metrics.Begin(lobby);
        lifetime.ApplicationStarted.Register(() => _ = recovery.Open());
        LogData(storage.Place);
        _ = storage.Failed.ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2002, LogLevel.Information, "Games and accounts are kept in {Path}; a move that was confirmed is on the disk")]
    private partial void LogData(string path);
}
