namespace ConnectFour.Terminal;

/// <summary>Finds out the scores of one board at a time, beside whatever is shown.</summary>
internal sealed class Analyst(Solver solver, Backstage backstage) : IAsyncDisposable
{
    private CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private Board? _board;

    /// <summary>What is known of the board that was asked for last, or null.</summary>
    public Analysis? Known { get; private set; }

    public bool IsDone => Known is { IsExact: true };

    /// <summary>Begins with a board, and gives up the one before.</summary>
    public void Ask(Board board)
    {
        if (board == _board) return;

        _stop.Cancel();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        (_board, Known) = (board, null);
        var (before, stop) = (_work, _stop.Token);
        _work = Task.Run(() => Work(before, board, stop), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task Work(Task before, Board board, CancellationToken stop)
    {
        await before;
        try
        {
            Tell(board, solver.Analyse(board, progress: new Listener(known => Tell(board, known)), cancellation: stop));
        }
        catch (OperationCanceledException)
        {
            // Nobody wants to know any more.
        }
    }

    private void Tell(Board board, Analysis known) => backstage.Post(() =>
    {
        if (board == _board) Known = known;
    });

    /// <summary>Is told at once and in order, which Progress does not promise.</summary>
    private sealed class Listener(Action<Analysis> hear) : IProgress<Analysis>
    {
        public void Report(Analysis value) => hear(value);
    }
}
