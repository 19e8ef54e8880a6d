namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>
/// When a silent client is asked whether it is there, and when it is given up. Counted in looks, and not in time: while the server itself stands still nobody looks, and nobody's answer is late.
/// </summary>
internal sealed class KeepAlive(WebSocketLimits limits)
{
    /// <summary>Looks within the shorter of the two times: so much of it is lost to not looking always.</summary>
    private const int Looks = 10;

    /// <summary>How often somebody looks.</summary>
    public TimeSpan Beat { get; } = (limits.Ping < limits.Pong ? limits.Ping : limits.Pong) / Looks;

    /// <summary>Looks without a sign of life after which there is a ping.</summary>
    public int UntilPing => (int)Math.Ceiling(limits.Ping / Beat);

    /// <summary>Looks without a sign of life after which the line is taken for dead.</summary>
    public int UntilEnd => UntilPing + (int)Math.Ceiling(limits.Pong / Beat);
}
