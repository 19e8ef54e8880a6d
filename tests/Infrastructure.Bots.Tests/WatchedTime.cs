using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Bots.Tests;

/// <summary>A clock that tests control, and which knows how often somebody has begun to wait.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
{
    private int _waits;

    public int Waits => Volatile.Read(ref _waits);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
