using Npgsql;

namespace ConnectFour.TestKit;

/// <summary>Statements that a PostgreSQL has been told, as it counts them itself: each without its values, and how often. It has to be started with <see cref="Setting"/>.</summary>
internal static class PostgresStatements
{
    public const string Setting = "shared_preload_libraries=pg_stat_statements";

    private const string Sql = "SELECT query, sum(calls)::bigint FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' GROUP BY query";

    /// <summary>Lets a database show what the server counts.</summary>
    public static async Task Enable(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("CREATE EXTENSION pg_stat_statements");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All so far.</summary>
    public static async Task<Dictionary<string, long>> Counted(string database)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Server Compatibility Mode=NoTypeLoading"); // Which would be counted.
        await using var command = source.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync();
        var counted = new Dictionary<string, long>();
        while (await rows.ReadAsync()) counted[rows.GetString(0)] = rows.GetInt64(1);
        return counted;
    }
}
