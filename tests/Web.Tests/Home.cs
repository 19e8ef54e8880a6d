using System.Data.Common;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresHomes))]

namespace ConnectFour.Web.Tests;

/// <summary>Where servers keep everything, one after another; new and empty at first.</summary>
public abstract class Home : IDisposable
{
    /// <summary>Whether it is the test that lets time pass. Servers that share a database go by its clock.</summary>
    public virtual bool IsTimeOurs => true;

    protected abstract string[] Settings { get; }

    public Task<RunningServer> Start(params string[] settings) => RunningServer.Start([.. Settings, .. settings]);

    /// <summary>What is stored.</summary>
    internal abstract DbConnection Look();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A data directory with an SQLite database.</summary>
internal sealed class SqliteHome : Home
{
    private readonly TemporaryFolder _folder = new();

    protected override string[] Settings => ["--ConnectFour:DataDirectory", _folder.Path];

    internal override DbConnection Look() => new SqliteConnection($"Data Source={StoredRows.Database(_folder.Path)};Pooling=false");

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }
}

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresHome(string database) : Home
{
    public override bool IsTimeOurs => false;

    protected override string[] Settings => ["--ConnectionStrings:Accounts", database];

    internal override DbConnection Look() => new NpgsqlConnection(database);
}

/// <summary>The PostgreSQL of all tests that do not stop it.</summary>
public sealed class PostgresHomes() : MigratedPostgres(database => Registration.MigratePostgres(database))
{
    internal Home New() => new PostgresHome(Database());
}
