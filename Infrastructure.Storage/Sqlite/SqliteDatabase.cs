using System.Data.Common;
using System.Globalization;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>The database file: that it is ours, whole and of this version, and connections to it.</summary>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    /// <summary>"C4J1", in the file's header: tells our files from those of other programs.</summary>
    private const int ApplicationId = 0x43344A31;

    /// <summary>One page of the smallest size that there is.</summary>
    private const long SmallestDatabase = 512;

    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int NotADatabase = 26;
    private const int Corrupt = 11;

    /// <summary>What says nothing of the database, but of the folder or the disk that it lies on: read-only, an error of the disk, no way to open a file.</summary>
    private const int ReadOnly = 8, DiskError = 10, CannotOpen = 14;

    /// <summary>A bigger file is checked by the verb <c>check</c> only: reading it all would delay the start by seconds.</summary>
    private const long CheckedAtStart = 64 * 1_048_576;

    private readonly string _file;

    private SqliteDatabase(string file) => _file = file;

    /// <summary>For readers; they come from a pool.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _file, ForeignKeys = true, DefaultTimeout = 5 }.ConnectionString;

    /// <summary>Checks the file, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">It is damaged, of another program, or of a newer version; it is left as it is.</exception>
    public static SqliteDatabase Open(string file)
    {
        var database = new SqliteDatabase(file);
        try
        {
            CheckFiles(file);
            using var connection = database.Connect();
            LeaveLogOnClose(connection, true);
            var isNew = Check(file, connection);
            LeaveLogOnClose(connection, false);

            // Only from here on is anything written.
            var journal = Scalar<string>(connection, "PRAGMA journal_mode = WAL");
            if (journal != "wal") throw new StorageException($"{file}: the file system does not support what the journal needs (WAL); it says '{journal}'.");
            if (isNew) Execute(connection, $"PRAGMA application_id = {ApplicationId}");
            database.Migrate(connection);
            return database;
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw Damaged(file, problem.Message, problem);
        }
        catch (SqliteException problem)
        {
            throw Unusable(file, problem);
        }
    }

    /// <summary>A connection to a database that is there, of ours and of this version; nothing is changed.</summary>
    /// <exception cref="StorageException">There is none, or another one.</exception>
    public static SqliteConnection OpenExisting(string file)
    {
        if (!File.Exists(file) || new FileInfo(file).Length == 0) throw new StorageException($"There is no database {file}.");
        var database = new SqliteDatabase(file);
        try
        {
            var connection = database.Connect();
            try
            {
                CheckOwner(file, connection);
                var (known, applied) = Migrations(file, connection);
                if (!known.SequenceEqual(applied)) throw new StorageException($"{file} was last used by an older version of the server: start this one on it once.");
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode is ReadOnly or DiskError or CannotOpen || FullDisk.IsWhy(problem))
        {
            throw Unusable(file, problem);
        }
        catch (SqliteException problem)
        {
            throw Damaged(file, problem.Message, problem);
        }
    }

    /// <summary>A connection of its own, with the promise that what it has committed is on the disk.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        Promise(connection);
        return connection;
    }

    /// <summary>Reads on another thread: SQLite has no asynchronous calls, and a socket's loop must not wait for a disk.</summary>
    public async ValueTask<T> Read<T>(Func<SqliteConnection, T> read) => await Task.Run(() =>
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return read(connection);
    });

    ValueTask<T> IDatabase.Read<T>(Func<DbConnection, Task<T>> read) => Read(connection => read(connection).GetAwaiter().GetResult()); // Over when it returns, as everything is with SQLite.

    public void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString).AddInterceptors(new Promises());

    public StorageContext Context()
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        Configure(options);
        return new SqliteContext(options.Options);
    }

    /// <summary>Closes the connections of the pool, so that nothing holds the file any more.</summary>
    public void Dispose()
    {
        using var any = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(any);
    }

    /// <summary>What SQLite would take for a new database, and is none.</summary>
    private static void CheckFiles(string file)
    {
        var (own, log) = (new FileInfo(file), LogOf(file));
        if (own is { Exists: true, Length: > 0 and < SmallestDatabase }) throw Damaged(file, "it is cut off", null);
        if (own is { Exists: false } or { Length: 0 } && log is { Exists: true, Length: > 0 }) throw Damaged(file, "it is empty, and there is a log of what was in it", null);
    }

    private static FileInfo LogOf(string file) => new($"{file}-wal");

    /// <summary>Whether the database is new; if not, that it is ours, whole and not newer than we are.</summary>
    private static bool Check(string file, SqliteConnection connection)
    {
        if (Scalar<long>(connection, "SELECT count(*) FROM sqlite_master") == 0) return true;

        CheckOwner(file, connection);
        if (LogOf(file) is not { Exists: true, Length: > 0 } && new FileInfo(file).Length % Scalar<long>(connection, "PRAGMA page_size") != 0)
            throw Damaged(file, "its last page is cut off", null); // With a log, it may be that the page was being written from there.
        if (new FileInfo(file).Length <= CheckedAtStart && Scalar<string>(connection, "PRAGMA quick_check(1)") is not "ok" and var problem)
            throw Damaged(file, problem, null);
        Migrations(file, connection);
        return false;
    }

    private static void CheckOwner(string file, SqliteConnection connection)
    {
        if (Scalar<long>(connection, "PRAGMA application_id") != ApplicationId)
            throw new StorageException($"{file} is a database of another program. Set ConnectFour__DataDirectory to another folder.");
    }

    /// <summary>The migrations that this version knows, and those that the database has seen.</summary>
    /// <exception cref="StorageException">It has seen one that we do not know.</exception>
    private static (string[] Known, string[] Applied) Migrations(string file, SqliteConnection connection)
    {
        using var context = new DesignTime().CreateDbContext([]);
        var (known, applied) = (context.Database.GetMigrations().ToArray(), Applied(connection));
        return applied.Except(known).FirstOrDefault() is { } unknown
            ? throw new StorageException($"{file} was written by a newer version of the server (it knows {unknown}). Start that version, or restore an older backup.")
            : (known, applied);
    }

    /// <summary>Whoever closes a database last writes its log into it, unless told not to: a database that we refuse is not ours to write to.</summary>
    private static void LeaveLogOnClose(SqliteConnection connection, bool leave) =>
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, leave ? 1 : 0, out _);

    private void Migrate(SqliteConnection connection)
    {
        var (known, applied) = Migrations(_file, connection);
        if (known.Length == applied.Length) return;

        using var context = Context();

        // A process that died while it migrated has left its lock behind; that nobody else migrates is certain, since we hold the directory.
        Execute(connection, """DROP TABLE IF EXISTS "__EFMigrationsLock" """);
        context.Database.Migrate();
    }

    private static string[] Applied(SqliteConnection connection)
    {
        if (Scalar<long>(connection, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'") == 0) return [];

        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;
        using var rows = command.ExecuteReader();
        return [.. rows.Cast<DbDataRecord>().Select(row => row.GetString(0))];
    }

    private static StorageException Unusable(string file, SqliteException cause)
    {
        var isFull = FullDisk.IsWhy(cause);
        var why = isFull ? "there is no room on its disk" : cause.SqliteErrorCode is ReadOnly or CannotOpen ? $"nothing can be written to its folder ({cause.Message})" : cause.Message;
        return new($"{file} cannot be used: {why}", cause) { MayPass = isFull || cause.SqliteErrorCode == DiskError };
    }

    private static StorageException Damaged(string file, string what, Exception? cause) =>
        new($"{file} is damaged, or no database ({what.ReplaceLineEndings(" ")}). It was left as it is: restore a backup, or move it away to start anew.", cause);

    private static void Promise(DbConnection connection)
    {
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA busy_timeout = 5000");
        if (Scalar<long>(connection, "PRAGMA synchronous") != 2) throw new StorageException("SQLite does not promise that what it commits is on the disk (synchronous = FULL).");
    }

    public static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T Scalar<T>(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType(command.ExecuteScalar()!, typeof(T), CultureInfo.InvariantCulture);
    }

    private sealed class Promises : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Promise(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Promise(connection);
            return Task.CompletedTask;
        }
    }
}
