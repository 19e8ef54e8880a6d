namespace ConnectFour.Infrastructure.Redis;

/// <summary>What Redis's clock shows, as far as it is known here: what is asked of Redis is to be done soon or never.</summary>
internal sealed class RedisTime(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _heard;
    private long _at;

    /// <summary>In microseconds since 1970.</summary>
    public long Now
    {
        get { lock (_lock) return _heard + (long)time.GetElapsedTime(_at).TotalMicroseconds; }
    }

    /// <param name="now">In microseconds since 1970.</param>
    public void Heard(long now)
    {
        lock (_lock) (_heard, _at) = (now, time.GetTimestamp());
    }
}
