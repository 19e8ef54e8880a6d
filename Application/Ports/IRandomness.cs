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
    private const int LinkKeyLength = 16;

    /// <summary>A game id of 12 letters and digits: about 69 bits, so that a million games collide with a chance below 1 in 10^8.</summary>
    public static GameId NewGameId(this IRandomness randomness) => new(randomness.Letters(IdLength));

    /// <summary>The secret of an invitation by link: about 92 bits, so that nobody guesses one.</summary>
    public static string NewLinkKey(this IRandomness randomness) => randomness.Letters(LinkKeyLength);

    private static string Letters(this IRandomness randomness, int length)
    {
        Span<char> letters = stackalloc char[length];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < length; i++)
        {
            randomness.Fill(bytes);
            letters[i] = Alphabet[(int)(BitConverter.ToUInt64(bytes) % (ulong)Alphabet.Length)];
        }
        return new string(letters);
    }
}
