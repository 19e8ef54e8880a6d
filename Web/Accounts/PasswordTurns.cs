using System.Threading.RateLimiting;

namespace ConnectFour.Web.Accounts;

/// <summary>
/// Whose password is looked at now. It costs half a second of a core, so at most half of the cores do so, and few people wait for their turn: logins must not be the cheapest way
/// to stop the games.
/// </summary>
internal sealed class PasswordTurns : IDisposable
{
    /// <summary>How many may wait.</summary>
    private const int Queue = 32;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = Queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a turn, which lasts until it is disposed of; none is acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> Take(CancellationToken gone) => _limiter.AcquireAsync(1, gone);

    public void Dispose() => _limiter.Dispose();
}
