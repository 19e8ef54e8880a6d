using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Web.Operations;

namespace ConnectFour.Web;

/// <summary>Sweeps overdue deadlines while the server runs.</summary>
internal sealed partial class SweepService(Sweeper sweeper, PlayMetrics metrics, TimeProvider time, ILogger<SweepService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Duty.Every(Sweeper.Interval, () => Sweep(stoppingToken), Failed, time, stoppingToken);

    private async Task Sweep(CancellationToken stoppingToken)
    {
        foreach (var late in await sweeper.Sweep(stoppingToken)) metrics.Enforced(late);
    }

    /// <summary>What is overdue stays so: the next sweep finds it again.</summary>
    private void Failed(Exception problem)
    {
        if (problem is not (LobbyAwayException or StoreAwayException)) LogSweepFailed(problem); // Those are said where they are noticed.
    }

    [LoggerMessage(2001, LogLevel.Error, "A sweep of deadlines failed")]
    private partial void LogSweepFailed(Exception problem);
}
