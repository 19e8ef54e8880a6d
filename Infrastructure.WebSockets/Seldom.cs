namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Lets each thing be said once in a while, so that whoever repeats themselves does not fill the log.</summary>
internal sealed class Seldom(TimeProvider time, TimeSpan pause)
{
    /// <summary>More things than that at a time are more than anybody reads; all are forgotten then, which costs a line more of each.</summary>
    private const int Remembered = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _said = [];

    /// <summary>Whether it has not been said for so long.</summary>
    public bool IsDue(string what)
    {
        lock (_lock)
        {
            if (_said.TryGetValue(what, out var last) && time.GetElapsedTime(last) < pause) return false;
            if (_said.Count >= Remembered) _said.Clear();
            _said[what] = time.GetTimestamp();
            return true;
        }
    }
}
