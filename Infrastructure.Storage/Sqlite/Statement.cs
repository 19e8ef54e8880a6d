using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>
/// A prepared statement that is given whole numbers and changes rows, without what ADO.NET does around each: for the one that is said with every move, that is more than SQLite does for it.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="sql">Its parameters are <c>?</c>, in the order of the values.</param>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <returns>How many rows it has changed.</returns>
    /// <exception cref="SqliteException">It could not be done.</exception>
    public int Change(params ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++) Check(raw.sqlite3_bind_int64(_statement, i + 1, values[i]));
        var (stepped, reset) = (raw.sqlite3_step(_statement), raw.sqlite3_reset(_statement));
        Check(stepped);
        Check(reset);
        return raw.sqlite3_changes(_database);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
