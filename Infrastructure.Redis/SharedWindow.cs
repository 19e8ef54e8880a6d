using System.Threading.RateLimiting;
using ConnectFour.Application.Ports;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <inheritdoc cref="SharedCounters.Window"/>
internal sealed class SharedWindow(RedisLink link, RedisKey counter, FixedWindowRateLimiterOptions options) : RateLimiter
{
    private readonly FixedWindowRateLimiter _own = new(options);

    public override TimeSpan? IdleDuration => _own.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => _own.GetStatistics();

    /// <summary>Redis is not asked while somebody's thread waits: whoever tries this is to wait for the other.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(false, options.Window);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var own = _own.AttemptAcquire(permitCount);
        if (!own.IsAcquired) return own;
        try
        {
            var answer = (long[])(await link.Run(Scripts.Count, [counter, Keys.Counted(Guid.NewGuid().ToString("N"))], [permitCount, (long)options.Window.TotalMilliseconds]))!;
            return answer[0] <= options.PermitLimit ? own : new Lease(false, TimeSpan.FromMilliseconds(answer[1]));
        }
        catch (LobbyAwayException)
        {
            return own;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _own.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Lease(bool isAcquired, TimeSpan wait) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait;
            return metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
