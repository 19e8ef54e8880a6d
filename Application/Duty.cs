namespace ConnectFour.Application;

/// <summary>What a process does again and again for as long as it runs.</summary>
public static class Duty
{
    /// <summary>Does it once in each period. One that fails is done again in the next.</summary>
    /// <param name="failed">Is told of each failure before the end.</param>
    /// <exception cref="OperationCanceledException">The end has come.</exception>
    public static async Task Every(TimeSpan period, Func<Task> act, Action<Exception> failed, TimeProvider time, CancellationToken end)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(end))
        {
            try
            {
                await act();
            }
            catch (Exception problem) when (!end.IsCancellationRequested)
            {
                failed(problem);
            }
        }
    }
}
