using System.Buffers.Binary;
using System.Collections.Frozen;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Which passwords are allowed, and their hashes. A hash costs about half a second of a core on purpose: how many are computed at once is for whoever asks to bound.</summary>
internal sealed class Passwords(IPasswordHasher<Account> hasher, IOptions<PasswordHasherOptions> options)
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private static readonly FrozenSet<string> Common = ReadCommon();
    private static readonly Account Nobody = new();

    private readonly string _nobodys = NoPassword(options.Value.IterationCount);

    public static bool IsLengthAllowed(string? password) => password?.Length is >= MinLength and <= MaxLength;

    /// <summary>Whether it is one of those that everybody tries first, or the user's own name.</summary>
    public static bool IsCommon(string password, string name) =>
        Common.Contains(password) || string.Equals(password, name, StringComparison.OrdinalIgnoreCase);

    public Task<string> Hash(string password) => Compute(() => hasher.HashPassword(Nobody, password));

    /// <summary>Whether it is this account's. For no account it takes as long, so that nobody learns from the time which names there are.</summary>
    public Task<PasswordVerificationResult> Verify(Account? account, string password) => Compute(() =>
    {
        var result = hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? _nobodys, password);
        return account is null ? PasswordVerificationResult.Failed : result;
    });

    // On a thread of its own: one of the pool's few would be missing to the games for half a second.
    private static Task<T> Compute<T>(Func<T> compute) => Task.Factory.StartNew(compute, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// The hash of no password, which costs as much to compare with as a real one. It is written down rather than computed, or the first unknown name would cost twice that:
    /// one byte for Identity's version 3, four each for HMAC-SHA512, the iterations and the length of the salt; salt and key, all zero.
    /// </summary>
    private static string NoPassword(int iterations)
    {
        const int Salt = 16;
        const int Key = 32;
        Span<byte> hash = stackalloc byte[13 + Salt + Key];
        hash[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(hash[1..], 2);
        BinaryPrimitives.WriteInt32BigEndian(hash[5..], iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash[9..], Salt);
        return Convert.ToBase64String(hash);
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var file = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("ConnectFour.Infrastructure.Storage.CommonPasswords.txt")!);
        return file.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
