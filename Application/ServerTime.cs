namespace ConnectFour.Application;

/// <summary>
/// The time that deadlines are measured in. It never steps with the wall clock, and it stands still while the server does: when the process was
/// suspended or starved, the beats that did not happen are not counted, so no clock runs and no absence grows because of us.
/// It comes in whole milliseconds, which is what a journal keeps, so that what was decided is what will be read back.
/// Where several servers share a clock, it follows that one: it goes on by itself from one reading to the next, and stands still when none comes.
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
    private bool _follows;

    /// <summary>What has been given out and must not be undone when the clock that we follow turns out to be behind.</summary>
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

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
                var now = Reading;
                return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
            }
        }
    }

    private DateTimeOffset Reading => _atBeat + SinceBeat is var now && now > _latest ? now : _latest;

    private TimeSpan SinceBeat => _time.GetElapsedTime(_beat) is var passed && passed < LongestBeat ? passed : LongestBeat;

    /// <summary>The clock that all servers share was read: it shows something between these two. The first reading sets the time; it never goes back after that.</summary>
    public void Follow(DateTimeOffset earliest, DateTimeOffset latest)
    {
        lock (_lock)
        {
            var reading = Reading;
            _latest = _follows ? reading : DateTimeOffset.MinValue;
            _atBeat = !_follows || reading < earliest ? earliest : reading > latest ? latest : reading;
            _beat = _time.GetTimestamp();
            _follows = true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Alive()
    {
        lock (_lock)
        {
            if (_follows) return;
            _atBeat += SinceBeat;
            _beat = _time.GetTimestamp();
        }
    }
}
