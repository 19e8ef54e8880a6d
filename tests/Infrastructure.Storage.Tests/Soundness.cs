using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>What must be true of the tables at any moment, however the process ended.</summary>
internal static class Soundness
{
    /// <summary>A game has a result if, and only if, its last event is its end; the records are what a recount of the results gives; versions have no gaps.</summary>
    private const string Problems =
        """
        SELECT 'the result of game ' || g.id FROM games g
        WHERE (g.ended_at IS NOT NULL) <> coalesce((SELECT e.kind = 2 FROM events e WHERE e.game = g.number ORDER BY e.version DESC LIMIT 1), 0)
        UNION ALL
        SELECT 'the record of ' || u.name FROM users u
        WHERE u.wins <> (SELECT count(*) FROM games g WHERE (g.first = u.number AND g.winner = 0) OR (g.second = u.number AND g.winner = 1))
           OR u.losses <> (SELECT count(*) FROM games g WHERE (g.first = u.number AND g.winner = 1) OR (g.second = u.number AND g.winner = 0))
           OR u.draws <> (SELECT count(*) FROM games g WHERE u.number IN (g.first, g.second) AND g.ended_at IS NOT NULL AND g.winner IS NULL)
        UNION ALL
        SELECT 'the versions of game ' || g.id FROM games g
        WHERE (SELECT count(*) FROM events e WHERE e.game = g.number) <> coalesce((SELECT max(e.version) - 1 FROM events e WHERE e.game = g.number), 0)
        """;

    public static IReadOnlyList<string> Check(string folder)
    {
        using var connection = Sql.Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = Problems;
        using var rows = command.ExecuteReader();
        var problems = new List<string>();
        while (rows.Read()) problems.Add(rows.GetString(0));
        return problems;
    }
}

/// <summary>The database as somebody else sees it who opens the file.</summary>
internal static class Sql
{
    public static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DataDirectory.DatabaseIn(folder), Pooling = false, ForeignKeys = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static void Run(string folder, string sql)
    {
        using var connection = Open(folder);
        SqliteDatabase.Execute(connection, sql);
    }
}
