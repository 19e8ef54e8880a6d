using System.Threading.RateLimiting;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>Counts on all nodes together what somebody may do only so often.</summary>
public sealed class SharedCounters
{
    private readonly RedisLink _link;

    internal SharedCounters(RedisLink link) => _link = link;

    /// <summary>A limiter of so many in each window, on all nodes together. While Redis is away, each node holds to it by itself.</summary>
    /// <param name="what">Names the counter, with whose it is.</param>
    public RateLimiter Window(string what, FixedWindowRateLimiterOptions options) => new SharedWindow(_link, Keys.Counter(what), options);
}
