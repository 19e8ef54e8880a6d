using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Infrastructure.Storage.Schema;
using ConnectFour.Infrastructure.Storage.Sqlite;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConnectFour.Infrastructure.Storage;

public static class Registration
{
    /// <summary>Of PBKDF2 with HMAC-SHA512. Source: OWASP Password Storage Cheat Sheet (220,000), OWASP ASVS 5.0 appendix C (at least 210,000).</summary>
    private const int HashIterations = 220_000;

    /// <summary>Everything on SQLite, in a data directory that is created if need be. Takes a journal and a hasher of passwords that are registered already instead of its own.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string dataDirectory, StorageSettings settings) => services
        .AddSingleton(_ => DataDirectory.Hold(dataDirectory))
        .AddSingleton(provider => SqliteDatabase.Open(provider.GetRequiredService<DataDirectory>().DatabaseFile))
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton<SqliteJournal>()
        .AddSingleton(provider => new StorageHealth(provider.GetRequiredService<SqliteJournal>()))
        .AddStores<SqliteJournal, SqliteContext>(settings)
        .AddDbContextFactory<SqliteContext>((provider, options) => provider.GetRequiredService<SqliteDatabase>().Configure(options));

    /// <summary>Everything on PostgreSQL, which any number of servers share. Takes a journal and a hasher of passwords that are registered already instead of its own.</summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString, StorageSettings settings) => services
        .AddSingleton(_ => PostgresDatabase.Open(connectionString))
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<PostgresDatabase>())
        .AddSingleton<IPostgresServer, PostgresClient>()
        .AddSingleton<PostgresJournal>()
        .AddSingleton<ISharedJournal>(provider => provider.GetRequiredService<PostgresJournal>())
        .AddSingleton(provider => new StorageHealth(provider.GetRequiredService<PostgresJournal>()))
        .AddStores<PostgresJournal, PostgresContext>(settings)
        .AddDbContextFactory<PostgresContext>((provider, options) => provider.GetRequiredService<PostgresDatabase>().Configure(options));

    /// <summary>Brings the schema of a PostgreSQL database up to date. Servers never do so by themselves: one of several would change it under the others.</summary>
    /// <returns>The names of the migrations that it took.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public static IReadOnlyList<string> MigratePostgres(string connectionString) => PostgresDatabase.Migrate(connectionString);

    /// <summary>What is the same on every database.</summary>
    private static IServiceCollection AddStores<TJournal, TContext>(this IServiceCollection services, StorageSettings settings)
        where TJournal : class, IGameJournal
        where TContext : StorageContext
    {
        services.TryAddSingleton<IGameJournal>(provider => provider.GetRequiredService<TJournal>());
        services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>(); // Before Identity, which would make one for each request.
        services.AddIdentityCore<Account>(options =>
        {
            // Who may be called what is the domain's to say (UserName), and which passwords are allowed is ours (Passwords).
            options.User.AllowedUserNameCharacters = "";
            options.Password = new PasswordOptions { RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1, RequiredLength = 1 };
        }).AddEntityFrameworkStores<StorageContext>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        return services
            .AddSingleton(settings)
            .AddMetrics()
            .AddSingleton<JournalMetrics>()
            .AddSingleton<IProfiles, Profiles>()
            .AddSingleton<IDbContextFactory<StorageContext>, Contexts<TContext>>()
            .AddScoped<StorageContext>(provider => provider.GetRequiredService<TContext>())
            .AddSingleton(provider => new SessionStore(
                provider.GetRequiredService<IDbContextFactory<StorageContext>>(), provider.GetRequiredService<IRandomness>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new History(provider.GetRequiredService<IDbContextFactory<StorageContext>>()))
            .AddSingleton(provider => new Ratings(provider.GetRequiredService<IDbContextFactory<StorageContext>>()))
            .AddSingleton(provider => new Reports(provider.GetRequiredService<IDbContextFactory<StorageContext>>()))
            .AddSingleton<Passwords>()
            .AddScoped(provider => new AccountStore(
                provider.GetRequiredService<StorageContext>(), provider.GetRequiredService<UserManager<Account>>(), provider.GetRequiredService<Passwords>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>The contexts of one database, for whoever does not mind which it is.</summary>
    private sealed class Contexts<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<StorageContext> where TContext : StorageContext
    {
        public StorageContext CreateDbContext() => contexts.CreateDbContext();
    }
}
