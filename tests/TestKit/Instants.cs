namespace ConnectFour.TestKit;

/// <summary>Times as tests write them: seconds after an arbitrary start.</summary>
public static class Instants
{
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
