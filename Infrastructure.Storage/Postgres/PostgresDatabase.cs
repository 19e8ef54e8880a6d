using System.Data.Common;
using System.Net.Sockets;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>A PostgreSQL database: that it is of this version and keeps what it is told, and connections to it.</summary>
internal sealed class PostgresDatabase : IDatabase, IDisposable
{
    /// <summary>Of the lock that whoever migrates holds: "C4M1".</summary>
    private const long MigrationLock = 0x43344D31;

    /// <summary>Seconds. A line that says nothing for longer is taken for dead, and what was asked on it is asked again on another one.</summary>
    private const int Silence = 10;

    /// <summary>Milliseconds after which a transaction that its server has forgotten gives its locks up.</summary>
    private const int Forgotten = 15_000;

    /// <summary>Seconds after which either end of a silent line asks whether the other is still there. After three questions in vain it is taken for gone, and what it holds is free.</summary>
    private const int Probe = 5;

    /// <summary>Seconds between two signs of life on a <see cref="Line"/>.</summary>
    private const int Sign = 3;

    /// <summary>Milliseconds without one, after which the database ends the session.</summary>
    private const int Lease = 10_000;

    /// <summary>Statements that a connection remembers, so that they are parsed once.</summary>
    private const int Remembered = 64;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(string connectionString, NpgsqlDataSource source) => (_settings, _source) = (Settings(connectionString), source);

    /// <summary>Where it is, without the password.</summary>
    public string Place => $"the PostgreSQL database {_settings.Database} on {_settings.Host}:{_settings.Port}";

    /// <summary>Connects, and looks whether the database is of this version. It is never migrated on the way.</summary>
    /// <exception cref="StorageException">It cannot be reached, has another schema, or does not promise to keep what it commits.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        var source = Source(connectionString);
        try
        {
            using var connection = source.OpenConnection();
            CheckSchema(connection);
            CheckPromise(connection);
            return new PostgresDatabase(connectionString, source);
        }
        catch (Exception problem)
        {
            source.Dispose();
            if (IsDatabases(problem)) throw Unusable(problem);
            throw;
        }
    }

    /// <summary>Brings the schema up to date; of several who try at once, one does, and the others find it done.</summary>
    /// <returns>The migrations that it took.</returns>
    /// <exception cref="StorageException">The database cannot be reached, or is of a newer version.</exception>
    public static IReadOnlyList<string> Migrate(string connectionString)
    {
        try
        {
            using var source = Source(connectionString);
            using var alone = source.OpenConnection();
            using (var wait = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", alone) { CommandTimeout = 0 }) wait.ExecuteNonQuery();
            using var context = Context(source);
            string[] missing = [.. Missing(alone)];
            context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            context.Database.Migrate();
            return missing; // The lock ends with the connection.
        }
        catch (Exception problem) when (IsDatabases(problem))
        {
            throw Unusable(problem);
        }
    }

    /// <summary>A connection from the pool.</summary>
    public ValueTask<NpgsqlConnection> Connect(CancellationToken cancellationToken = default) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>
    /// One line, for whoever must not wait behind the others. When its owner is gone, frozen or cut off, nothing is heard of it, and the database ends the session, and with it the locks that it holds.
    /// </summary>
    public NpgsqlDataSource Line() => Source(
        "connect-four beat", new(_settings.ConnectionString) { MinPoolSize = 0, MaxPoolSize = 1, KeepAlive = Sign, Options = $"{_settings.Options} -c idle_session_timeout={Lease}" });

    ValueTask<T> IDatabase.Read<T>(Func<DbConnection, Task<T>> read) => Read(read);

    /// <summary>The same, for whoever knows which database it is.</summary>
    /// <exception cref="StoreAwayException">It does not answer.</exception>
    public async ValueTask<T> Read<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        try
        {
            await using var connection = await Connect();
            return await read(connection);
        }
        catch (Exception problem) when (Retry.IsLost(problem) || problem is PostgresException { IsTransient: true })
        {
            throw new StoreAwayException(problem);
        }
    }

    public void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(_source);

    public StorageContext Context() => Context(_source);

    public void Dispose() => _source.Dispose();

    private static PostgresContext Context(NpgsqlDataSource source) => new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(source).Options);

    private static NpgsqlDataSource Source(string connectionString)
    {
        try
        {
            return Source("connect-four", Settings(connectionString));
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StorageException($"ConnectionStrings:Accounts is no connection string of PostgreSQL: {problem.Message}", problem);
        }
    }

    /// <param name="name">What metrics call it, instead of all that a connection string says.</param>
    private static NpgsqlDataSource Source(string name, NpgsqlConnectionStringBuilder settings) => new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var (name, value) in ((string, object)[])[("Timeout", 5), ("Command Timeout", Silence), ("Maximum Pool Size", 32), ("Max Auto Prepare", Remembered), ("Application Name", "connect-four")])
            if (!settings.ShouldSerialize(name)) settings[name] = value;
        settings.NoResetOnClose = true; // We leave nothing behind on a line, and clearing that up would be seven statements for each of ours.
        if (!IsSocket(settings)) (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (true, Probe, Probe);
        settings.Options =
            $"{settings.Options} -c idle_in_transaction_session_timeout={Forgotten} -c tcp_keepalives_idle={Probe} -c tcp_keepalives_interval={Probe} -c tcp_keepalives_count=3 -c tcp_user_timeout={3_000 * Probe}".Trim();

        // A commit that waits for replicas and is told to stop says that it has succeeded, with a warning. So whoever has waited too long hangs up, and does not wait for such an answer.
        settings.CancellationTimeout = -1;
        return settings;
    }

    /// <summary>Whether it is on this machine, without a network between: then there is nothing to ask about, and asking is refused.</summary>
    private static bool IsSocket(NpgsqlConnectionStringBuilder settings) => settings.Host is ['/' or '@', ..];

    private static void CheckSchema(NpgsqlConnection connection)
    {
        if (Missing(connection).FirstOrDefault() is { } missing)
            throw new StorageException($"The PostgreSQL database {connection.Database} has an older schema (it lacks {missing}): run 'migrate' once, with the same settings.");
    }

    /// <summary>Confirmed is what survives a crash of the database; a server that is told otherwise must not confirm anything.</summary>
    private static void CheckPromise(NpgsqlConnection connection)
    {
        foreach (var setting in (string[])["fsync", "synchronous_commit"])
            if (Scalar<string>(connection, $"SHOW {setting}") == "off") throw new StorageException($"PostgreSQL does not promise to keep what it commits: {setting} is off, and has to be on.");
    }

    /// <summary>The migrations that this version knows and the database has not seen.</summary>
    /// <exception cref="StorageException">It has seen one that we do not know.</exception>
    private static IEnumerable<string> Missing(NpgsqlConnection connection)
    {
        using var context = new PostgresDesignTime().CreateDbContext([]);
        var (known, applied) = (context.Database.GetMigrations().ToArray(), Applied(connection));
        return applied.Except(known).FirstOrDefault() is { } unknown
            ? throw new StorageException($"The PostgreSQL database {connection.Database} was migrated by a newer version of the server (it knows {unknown}): start that version.")
            : known.Except(applied);
    }

    private static string[] Applied(NpgsqlConnection connection)
    {
        const string history = "\"__EFMigrationsHistory\"";
        return Scalar<bool>(connection, $"SELECT to_regclass('{history}') IS NOT NULL") ? Scalar<string[]>(connection, $"SELECT array_agg(\"MigrationId\"::text) FROM {history}") ?? [] : [];
    }

    private static T? Scalar<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }

    /// <summary>A name that does not resolve, and a time-out, come as they are.</summary>
    private static bool IsDatabases(Exception problem) => problem is NpgsqlException or SocketException or TimeoutException;

    private static StorageException Unusable(Exception cause) => new($"The PostgreSQL database cannot be used: {cause.Message}", cause) { MayPass = StorageTrouble.MayPass(cause) };
}
