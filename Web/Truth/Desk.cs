namespace ConnectFour.Web.Truth;

/// <summary>Where questions to the engine are answered: a few at a time, on threads of their own, and not more in line than will be served.</summary>
internal sealed class Desk(EngineSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _places = new(settings.Questions);
    private int _inLine;

    /// <summary>The answer, or null if too many wait already.</summary>
    public async Task<T?> Ask<T>(Func<T> question, CancellationToken cancellation) where T : class
    {
        if (Interlocked.Increment(ref _inLine) > settings.Questions + settings.Waiting)
        {
            Interlocked.Decrement(ref _inLine);
            return null;
        }
        try
        {
            await _places.WaitAsync(cancellation);
            try
            {
                return await Task.Factory.StartNew(question, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inLine);
        }
    }

    public void Dispose() => _places.Dispose();
}
