using ConnectFour.Application.Ports;

namespace ConnectFour.TestKit;

/// <summary>The same bytes in every run.</summary>
public sealed class SeededRandomness(int seed = 1) : IRandomness
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public void Fill(Span<byte> bytes)
    {
        lock (_lock) _random.NextBytes(bytes);
    }
}
