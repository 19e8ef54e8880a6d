namespace ConnectFour.Bench.Load;

/// <summary>How long things took, to a twentieth: cheap enough to be kept of each.</summary>
internal sealed class Latencies
{
    private const int PerOctave = 14;

    private readonly long[] _buckets = new long[PerOctave * 40];

    public void Add(TimeSpan took) => Interlocked.Increment(ref _buckets[Math.Clamp((int)(Math.Log2(Math.Max(1, took.TotalMicroseconds)) * PerOctave), 0, _buckets.Length - 1)]);

    public void Clear() => Array.Clear(_buckets);

    /// <summary>The time that this share of all took at most, in milliseconds; 0 of none.</summary>
    public double At(double share)
    {
        var (left, at) = ((long)Math.Ceiling(_buckets.Sum() * share), 0);
        if (left == 0) return 0;
        for (; at < _buckets.Length - 1 && (left -= _buckets[at]) > 0; at++) { }
        return Math.Pow(2, (at + 0.5) / PerOctave) / 1_000;
    }
}
