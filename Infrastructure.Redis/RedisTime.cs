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
    /// <param name="asked">The timestamp of the question: an answer may have waited here for long, so that it is the later time that is taken for right.</param>
    public void Heard(long now, long asked)
    {
        lock (_lock) (_heard, _at) = (now, asked);
    }
}
