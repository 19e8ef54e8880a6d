namespace ConnectFour.Application;

/// <summary>Lets each thing be said once in a while, so that whoever repeats themselves does not fill the log.</summary>
public sealed class Seldom(TimeProvider time, TimeSpan pause)
{
    /// <summary>More things than that at a time are more than anybody reads; the rest is not said.</summary>
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _said = [];

    /// <summary>Whether it has not been said for so long; then it counts as said now.</summary>
    public bool IsDue(string what)
    {
        lock (_lock)
        {
            if (_said.TryGetValue(what, out var last) && time.GetElapsedTime(last) < pause) return false;
            if (_said.Count >= Most)
                foreach (var (old, _) in _said.Where(said => time.GetElapsedTime(said.Value) >= pause).ToArray()) _said.Remove(old);
            if (_said.Count >= Most && !_said.ContainsKey(what)) return false;
            _said[what] = time.GetTimestamp();
            return true;
        }
    }
}
