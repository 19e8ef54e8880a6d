using System.Net;

namespace ConnectFour.Web.Truth;

/// <summary>Where questions to the engine are answered: a few at a time, on threads of their own, and not more in line than will be served, nor more of one address than leave room for others.</summary>
internal sealed class Desk(EngineSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _places = new(settings.Questions);
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _inLine = [];

    /// <summary>The answer, or null if too many wait already.</summary>
    /// <param name="by">Who asks.</param>
    public async Task<T?> Ask<T>(IPAddress by, Func<T> question, CancellationToken cancellation) where T : class
    {
        if (!Queue(by)) return null;
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
            Leave(by);
        }
    }

    public void Dispose() => _places.Dispose();

    private bool Queue(IPAddress by)
    {
        lock (_lock)
        {
            var theirs = _inLine.GetValueOrDefault(by);
            if (theirs >= settings.PerAddress || _inLine.Values.Sum() >= settings.Questions + settings.Waiting) return false;

            _inLine[by] = theirs + 1;
            return true;
        }
    }

    private void Leave(IPAddress by)
    {
        lock (_lock)
        {
            if (--_inLine[by] == 0) _inLine.Remove(by);
        }
    }
}
