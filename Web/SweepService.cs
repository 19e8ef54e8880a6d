using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Web.Operations;

namespace ConnectFour.Web;

/// <summary>Sweeps overdue deadlines while the server runs.</summary>
internal sealed partial class SweepService(Sweeper sweeper, PlayMetrics metrics, TimeProvider time, ILogger<SweepService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Sweeper.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var late in await sweeper.Sweep(stoppingToken)) metrics.Enforced(late);
            }
            catch (LobbyAwayException)
            {
                // Said once where it was noticed; the next sweep finds the same.
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                LogSweepFailed(problem); // What is overdue stays so: the next sweep finds it again.
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "A sweep of deadlines failed")]
    private partial void LogSweepFailed(Exception problem);
}
