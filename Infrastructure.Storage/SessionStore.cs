using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Who is logged in, on which browser. Of a session's key only a digest is kept: whoever reads the database cannot take a session over.</summary>
public sealed class SessionStore
{
    private const int KeyBytes = 32;

    private readonly IDbContextFactory<StorageContext> _contexts;
    private readonly IRandomness _randomness;
    private readonly TimeProvider _time;

    internal SessionStore(IDbContextFactory<StorageContext> contexts, IRandomness randomness, TimeProvider time) =>
        (_contexts, _randomness, _time) = (contexts, randomness, time);

    /// <summary>Begins a session, and gives back its key; null if there is no such account any more. Sessions that are over are cleared away on the way.</summary>
    public async Task<string?> Begin(long account, TimeSpan longest)
    {
        var secret = new byte[KeyBytes];
        _randomness.Fill(secret);
        var key = Base64Url.EncodeToString(secret);
        var now = _time.GetUtcNow();

        await using var context = await _contexts.CreateDbContextAsync();
        await context.Sessions.Where(session => session.ExpiresAt < now.ToUnixTimeMilliseconds()).ExecuteDeleteAsync();
        context.Sessions.Add(new SessionRow { Digest = Digest(key), Account = account, ExpiresAt = (now + longest).ToUnixTimeMilliseconds() });
        try
        {
            await context.SaveChangesAsync();
            return key;
        }
        catch (DbUpdateException problem) when (StorageTrouble.IsForbidden(problem))
        {
            return null; // Keys do not repeat: it is the account that is missing.
        }
    }

    /// <summary>Whether the session is the account's, and not over.</summary>
    public async Task<bool> Holds(string key, long account)
    {
        var (digest, now) = (Digest(key), _time.GetUtcNow().ToUnixTimeMilliseconds());
        await using var context = await _contexts.CreateDbContextAsync();
        return await context.Sessions.AnyAsync(session => session.Digest == digest && session.Account == account && session.ExpiresAt >= now);
    }

    public async Task End(string key)
    {
        var digest = Digest(key);
        await using var context = await _contexts.CreateDbContextAsync();
        await context.Sessions.Where(session => session.Digest == digest).ExecuteDeleteAsync();
    }

    public async Task EndAll(long account)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        await context.Sessions.Where(session => session.Account == account).ExecuteDeleteAsync();
    }

    private static string Digest(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
