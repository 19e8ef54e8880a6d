namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Allows a burst and then a steady rate. Used by one loop at a time.</summary>
internal sealed class TokenBucket(TimeProvider time, double burst, double perSecond)
{
    private double _taken;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _taken = Math.Max(0, _taken - time.GetElapsedTime(_at, now).TotalSeconds * perSecond);
        _at = now;
        if (_taken + 1 > burst) return false;

        _taken++;
        return true;
    }
}
