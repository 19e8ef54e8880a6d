using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Somebody else writes to the database, and takes their time: nobody else can, until this is disposed.</summary>
internal sealed class HeldUp : IDisposable
{
    private readonly SqliteConnection _connection;

    private HeldUp(SqliteConnection connection) => _connection = connection;

    public static HeldUp By(string folder)
    {
        var connection = Sql.Open(folder);
        SqliteDatabase.Execute(connection, "BEGIN IMMEDIATE");
        return new HeldUp(connection);
    }

    public void Dispose() => _connection.Dispose();
}
