namespace ConnectFour.Infrastructure.Redis;

/// <summary>Whether this node is in touch with the others.</summary>
public sealed class RedisHealth
{
    private readonly Pulse _pulse;

    internal RedisHealth(Pulse pulse) => _pulse = pulse;

    /// <summary>False once Redis has not answered for 30 s: people play on, but whoever comes had better go to another node.</summary>
    public bool IsReady => _pulse.IsReady;
}
