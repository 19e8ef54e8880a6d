using System.Net;
using ConnectFour.Domain;

namespace ConnectFour.Web.Accounts;

/// <summary>
/// Whoever gets a password wrong five times waits before the next try: a second, then twice as long each time, up to a minute. It counts by name and address together,
/// so that nobody can lock somebody else out by getting their password wrong.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    private const int Free = 5;
    private const int Remembered = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<(UserName, IPAddress), (int Failures, DateTimeOffset Last)> _failures = [];

    /// <summary>How long to wait before the next try; zero if there is no need to.</summary>
    public TimeSpan Wait(UserName name, IPAddress address)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue((name, address), out var known) || known.Failures < Free) return TimeSpan.Zero;
            var left = known.Last + Delay(known.Failures) - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Failed(UserName name, IPAddress address)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_failures.Count >= Remembered)
                foreach (var oldest in _failures.OrderBy(known => known.Value.Last).Take(Remembered / 2).ToArray()) _failures.Remove(oldest.Key);
            var before = _failures.TryGetValue((name, address), out var known) && now - known.Last < Forgotten ? known.Failures : 0;
            _failures[(name, address)] = (before + 1, now);
        }
    }

    public void Succeeded(UserName name, IPAddress address)
    {
        lock (_lock) _failures.Remove((name, address));
    }

    private static TimeSpan Delay(int failures)
    {
        var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - Free, 10)));
        return delay < Longest ? delay : Longest;
    }
}
