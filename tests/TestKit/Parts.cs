namespace ConnectFour.TestKit;

/// <summary>What is started one after the other and ends together: the last one first, also when the next one does not start.</summary>
public sealed class Parts : IAsyncDisposable
{
    private readonly Stack<object> _all = [];

    /// <summary>Starts something that consists of parts.</summary>
    /// <param name="start">Adds each part as soon as it is there. If this fails, those that are there end.</param>
    public static async Task<T> Start<T>(Func<Parts, Task<T>> start)
    {
        var parts = new Parts();
        try
        {
            return await start(parts);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <param name="part">An <see cref="IDisposable"/> or <see cref="IAsyncDisposable"/>.</param>
    public T Add<T>(T part) where T : notnull
    {
        _all.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (_all.TryPop(out var part))
            if (part is IAsyncDisposable ends) await ends.DisposeAsync();
            else ((IDisposable)part).Dispose();
    }
}
