namespace ConnectFour.Application;

/// <summary>
/// The time that deadlines are measured in. It never steps with the wall clock, and it stands still while the server does: when the process was
/// suspended or starved, the beats that did not happen are not counted, so no clock runs and no absence grows because of us.
/// It comes in whole milliseconds, which is what a journal keeps, so that what was decided is what will be read back.
/// </summary>
public sealed class ServerTime : IDisposable
{
    /// <summary>How often the server notes that it is alive.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    /// <summary>The most that passes between two beats: a busy machine may be late by this much before it counts as away.</summary>
    public static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private DateTimeOffset _atBeat;
    private long _beat;

    public ServerTime(TimeProvider time)
    {
        _time = time;
        _atBeat = time.GetUtcNow();
        _beat = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Alive(), null, Beat, Beat);
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                var now = _atBeat + SinceBeat;
                return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
            }
        }
    }

    private TimeSpan SinceBeat => _time.GetElapsedTime(_beat) is var passed && passed < LongestBeat ? passed : LongestBeat;

    public void Dispose() => _timer.Dispose();

    private void Alive()
    {
        lock (_lock)
        {
            _atBeat += SinceBeat;
            _beat = _time.GetTimestamp();
        }
    }
}
