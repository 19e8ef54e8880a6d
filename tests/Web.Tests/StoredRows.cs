using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Web.Tests;

/// <summary>What the database of a stopped or running server says.</summary>
internal static class StoredRows
{
    public static string Database(string folder) => Path.Combine(folder, "connect-four.db");

    /// <summary>The record that is kept with the user of that name.</summary>
    public static (int Wins, int Losses, int Draws) Kept(Home home, string name) =>
        Row(home, "SELECT wins, losses, draws FROM users WHERE name = @name", name);

    /// <summary>The same, counted from the games.</summary>
    public static (int Wins, int Losses, int Draws) Recounted(Home home, string name) => Row(home,
        """
        SELECT
            count(*) FILTER (WHERE (g.winner = 0 AND f.name = @name) OR (g.winner = 1 AND s.name = @name)),
            count(*) FILTER (WHERE (g.winner = 1 AND f.name = @name) OR (g.winner = 0 AND s.name = @name)),
            count(*) FILTER (WHERE g.winner IS NULL)
        FROM games g JOIN users f ON f.number = g.first JOIN users s ON s.number = g.second
        WHERE g.ended_at IS NOT NULL AND (f.name = @name OR s.name = @name)
        """, name);

    public static T Scalar<T>(string folder, string sql)
    {
        using var connection = Open(folder);
        return Scalar<T>(connection, sql);
    }

    public static T Scalar<T>(Home home, string sql)
    {
        using var connection = home.Look();
        connection.Open();
        return Scalar<T>(connection, sql);
    }

    public static void Change(string folder, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static T Scalar<T>(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    private static (int, int, int) Row(Home home, string sql, string name)
    {
        using var connection = home.Look();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@name", name);
        command.Parameters.Add(parameter);
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        return (rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2));
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database(folder), Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);
        connection.Open();
        return connection;
    }
}
