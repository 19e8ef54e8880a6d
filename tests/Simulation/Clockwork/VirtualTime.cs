namespace ConnectFour.Simulation.Tests.Clockwork;

/// <summary>The time of one process. Its wall clock can be set; what has passed it measures rightly.</summary>
internal sealed class VirtualTime(Scheduler scheduler, Life life) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By how much its clock is wrong.</summary>
    public TimeSpan Error { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => scheduler.Now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(scheduler.Now) + Error;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, Life life, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Counts the changes: what was due before one of them is not any more.</summary>
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _setting++;
            if (dueTime >= TimeSpan.Zero) Wait(scheduler.Now + dueTime.Ticks);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Wait(long due)
        {
            var setting = _setting;
            scheduler.At(due, life, _ => Ring(setting, due), null);
        }

        private void Ring(int setting, long due)
        {
            if (setting != _setting) return;
            if (_period > TimeSpan.Zero) Wait(due + _period.Ticks);
            callback(state);
        }
    }
}
