namespace ConnectFour.Chaos;

/// <summary>Starts a node again after it has ended, as whatever supervises it does. It ends in one way at a time, whoever wants it to.</summary>
internal sealed class Supervisor(ServerProcess node) : IDisposable
{
    /// <summary>The code with which a node gives up that cannot reach its database or Redis while it starts: the next start may.</summary>
    private const int MayPass = 3;

    /// <summary>How long it may take until one of its starts succeeds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Between a start that failed and the next.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _hand = new(1);

    /// <param name="away">From its death to its next start.</param>
    public Task Kill(TimeSpan away) => Alone(async () =>
    {
        await node.Kill();
        await Task.Delay(away, TimeProvider.System);
        await Revive();
    });

    /// <summary>Replaces it by one like it, in order.</summary>
    /// <exception cref="InvalidOperationException">It did not end in order.</exception>
    public Task Replace() => Alone(async () =>
    {
        if (await node.Stop() is not 0 and var code) throw new InvalidOperationException($"A node ended with {code}.");
        await Revive();
    });

    public void Dispose() => _hand.Dispose();

    private async Task Alone(Func<Task> act)
    {
        await _hand.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _hand.Release();
        }
    }

    private async Task Revive()
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                await node.StartAgain();
                return;
            }
            catch (InvalidOperationException) when (node.ExitCode == MayPass && TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }
}
