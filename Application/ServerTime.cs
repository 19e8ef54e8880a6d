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

    /// <summary>How far the clock that we follow may be ahead before we count as away: a reading comes every second, and one or two may be missed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private DateTimeOffset _atBeat;
    private DateTimeOffset _atMost;
    private long _beat;
    private bool _follows;
    private int _standstills;

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
            lock (_lock) return Whole(Reading);
        }
    }

    /// <summary>
    /// The latest that it may be by the clock that we follow, also while that is not answered and our own time stands still. What somebody is granted begins here: when the clock answers again, they have
    /// not had less of it.
    /// </summary>
    public DateTimeOffset AtLatest
    {
        get
        {
            lock (_lock) return Whole(_follows && _atMost + _time.GetElapsedTime(_beat) is var latest && latest > Reading ? latest : Reading);
        }
    }

    /// <summary>How often our time has stood still because the clock that we follow was not answered for a while, and then gone on at once with all that was missing.</summary>
    public int Standstills
    {
        get
        {
            lock (_lock) return _standstills;
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
            if (_follows && earliest - reading > Late) _standstills++;
            _latest = _follows ? reading : DateTimeOffset.MinValue;
            _atBeat = !_follows || reading < earliest ? earliest : reading > latest ? latest : reading;
            _atMost = latest;
            _beat = _time.GetTimestamp();
            _follows = true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

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
