using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Web.Tests;

/// <summary>Counts hashes, and can hold them up as a busy machine would.</summary>
internal sealed class HeldHasher : IPasswordHasher<Account>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _go = new(true);
    private readonly PasswordHasher<Account> _real = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 100 }));
    private int _hashed;
    private int _verified;
    private int _reached;

    public int Hashed => Volatile.Read(ref _hashed);

    public int Verified => Volatile.Read(ref _verified);

    /// <summary>What a password was compared with last.</summary>
    public string? Compared { get; private set; }

    public void Replace(IServiceCollection services) => services.AddSingleton<IPasswordHasher<Account>>(this);

    /// <summary>From now on nothing is computed.</summary>
    public void Hold()
    {
        Volatile.Write(ref _reached, 0);
        _go.Reset();
    }

    public void Release() => _go.Set();

    /// <summary>Waits until so many stand here since they were held up.</summary>
    public Task Reached(int count) => Condition.Holds(() => Volatile.Read(ref _reached) >= count);

    public string HashPassword(Account user, string password)
    {
        Interlocked.Increment(ref _hashed);
        Wait();
        return _real.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _verified);
        Compared = hashedPassword;
        Wait();
        return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    public void Dispose() => _go.Dispose();

    private void Wait()
    {
        Interlocked.Increment(ref _reached);
        if (!_go.Wait(Patience)) throw new TimeoutException("Nobody released the hashes.");
    }
}
