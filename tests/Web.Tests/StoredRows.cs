using Microsoft.Data.Sqlite;

namespace ConnectFour.Web.Tests;

/// <summary>What the database of a stopped or running server says.</summary>
internal static class StoredRows
{
    public static string Database(string folder) => Path.Combine(folder, "connect-four.db");

    /// <summary>The record that is kept with the user of that name.</summary>
    public static (int Wins, int Losses, int Draws) Kept(string folder, string name) =>
        Row(folder, "SELECT wins, losses, draws FROM users WHERE name = $name", name);

    /// <summary>The same, counted from the games.</summary>
    public static (int Wins, int Losses, int Draws) Recounted(string folder, string name) => Row(folder,
        """
        SELECT
            coalesce(sum((g.winner = 0 AND f.name = $name) OR (g.winner = 1 AND s.name = $name)), 0),
            coalesce(sum((g.winner = 1 AND f.name = $name) OR (g.winner = 0 AND s.name = $name)), 0),
            coalesce(sum(g.winner IS NULL), 0)
        FROM games g JOIN users f ON f.number = g.first JOIN users s ON s.number = g.second
        WHERE g.ended_at IS NOT NULL AND (f.name = $name OR s.name = $name)
        """, name);

    public static T Scalar<T>(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public static void Change(string folder, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static (int, int, int) Row(string folder, string sql, string name)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$name", name);
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
