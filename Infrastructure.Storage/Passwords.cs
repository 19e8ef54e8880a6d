using System.Collections.Frozen;
using System.Threading.RateLimiting;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Too many passwords are being computed at the moment.</summary>
public sealed class TooBusyException() : Exception("Too many logins at once.");

/// <summary>
/// Which passwords are allowed, and their hashes. A hash costs about half a second of a core on purpose, so at most half of the cores compute any, and few wait for their turn:
/// logins must not be the cheapest way to stop the games.
/// </summary>
internal sealed class Passwords(IPasswordHasher<Account> hasher) : IDisposable
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    /// <summary>How many may wait while others compute.</summary>
    private const int Queue = 32;

    private static readonly FrozenSet<string> Common = ReadCommon();
    private static readonly Account Nobody = new();

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = Queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly Lazy<string> _nobodys = new(() => hasher.HashPassword(Nobody, "nobody's password"));

    public static bool IsLengthAllowed(string? password) => password?.Length is >= MinLength and <= MaxLength;

    /// <summary>Whether it is one of those that everybody tries first, or the user's own name.</summary>
    public static bool IsCommon(string password, string name) =>
        Common.Contains(password) || string.Equals(password, name, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="TooBusyException">More wait already than may.</exception>
    public Task<string> Hash(string password) => Compute(() => hasher.HashPassword(Nobody, password));

    /// <summary>Whether it is this account's. For no account it takes as long, so that nobody learns from the time which names there are.</summary>
    /// <exception cref="TooBusyException">More wait already than may.</exception>
    public Task<PasswordVerificationResult> Verify(Account? account, string password) => Compute(() =>
    {
        var result = hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? _nobodys.Value, password);
        return account is null ? PasswordVerificationResult.Failed : result;
    });

    public void Dispose() => _limiter.Dispose();

    private async Task<T> Compute<T>(Func<T> compute)
    {
        using var turn = await _limiter.AcquireAsync();
        return turn.IsAcquired ? await Task.Run(compute) : throw new TooBusyException();
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var file = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("ConnectFour.Infrastructure.Storage.CommonPasswords.txt")!);
        return file.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
