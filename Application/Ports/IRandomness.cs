using System.Security.Cryptography;

namespace ConnectFour.Application.Ports;

/// <summary>Where ids and tokens come from; a test puts a seeded source in its place.</summary>
public interface IRandomness
{
    void Fill(Span<byte> bytes);
}

public sealed class SystemRandomness : IRandomness
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}

public static class RandomnessExtensions
{
    /// <summary>Letters and digits that nobody confuses when reading an id aloud.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

    private const int IdLength = 12;

    /// <summary>A game id of 12 letters and digits: about 69 bits, so that a million games collide with a chance below 1 in 10^8.</summary>
    public static GameId NewGameId(this IRandomness randomness)
    {
        Span<char> id = stackalloc char[IdLength];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < IdLength; i++)
        {
            randomness.Fill(bytes);
            id[i] = Alphabet[(int)(BitConverter.ToUInt64(bytes) % (ulong)Alphabet.Length)];
        }
        return new GameId(new string(id));
    }
}
