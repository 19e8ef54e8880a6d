namespace ConnectFour.TestKit;

/// <summary>Waits for what another thread is about to do, and fails when it does not.</summary>
public static class Condition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="patience">How long it may take, on a busy machine too; 20 s if nothing is said.</param>
    public static Task Holds(Func<bool> condition, TimeSpan? patience = null) => Holds(() => Task.FromResult(condition()), patience);

    /// <param name="patience">How long it may take, on a busy machine too; 20 s if nothing is said.</param>
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var end = new CancellationTokenSource(patience ?? Patience);
        while (!await condition()) await tick.WaitForNextTickAsync(end.Token);
    }
}
