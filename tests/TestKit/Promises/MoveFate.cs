namespace ConnectFour.TestKit.Promises;

/// <summary>How often a client asked for one move, and what it was told.</summary>
internal sealed class MoveFate
{
    private int _asked;

    public List<Observation.Ok> Oks { get; } = [];

    public List<Observation.Refused> Refusals { get; } = [];

    /// <summary>Every single time it was asked for, the server said no.</summary>
    public bool IsRefused => Refusals.Count > 0 && Refusals.Count == _asked;

    public void Asked() => _asked++;
}
