namespace ConnectFour.TestKit;

/// <summary>Waits for what another thread is about to do, and fails when it does not.</summary>
public static class Condition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task Holds(Func<bool> condition) => Holds(() => Task.FromResult(condition()));

    public static async Task Holds(Func<Task<bool>> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition()) await tick.WaitForNextTickAsync(patience.Token);
    }
}
