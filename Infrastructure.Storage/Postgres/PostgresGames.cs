using System.Collections.Immutable;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>Reads games from their tables; each with one statement, which sees one moment.</summary>
internal static class PostgresGames
{
    /// <summary>So many columns come before those of an event.</summary>
    private const int Head = 15;

    /// <summary>The game of that id, or null; one that was set aside is no game.</summary>
    public static async Task<StoredGame?> Find(NpgsqlConnection connection, GameId id) =>
        await Read(connection, "g.id = $1 AND NOT g.set_aside", new NpgsqlParameter<string> { TypedValue = id.Value }) is [var game] ? game : null;

    /// <summary>All running games, in the order of their numbers.</summary>
    public static Task<IReadOnlyList<StoredGame>> Running(NpgsqlConnection connection) => Read(connection, "g.ended_at IS NULL AND NOT g.set_aside");

    /// <summary>The next games that were not set aside, in the order of their numbers; none after the last.</summary>
    /// <param name="after">The number of the last one before them, or 0.</param>
    public static Task<IReadOnlyList<StoredGame>> Page(NpgsqlConnection connection, long after, int most) => Read(
        connection, "g.number IN (SELECT number FROM games WHERE number > $1 AND NOT set_aside ORDER BY number LIMIT $2)",
        new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = most });

    /// <inheritdoc cref="IPostgresServer.Versions"/>
    public static async Task<ImmutableArray<(GameId Game, int Version)>> Versions(NpgsqlConnection connection, ImmutableArray<GameId> games)
    {
        await using var command = new NpgsqlCommand("SELECT id, version FROM games WHERE id = ANY ($1) AND NOT set_aside", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. games.Select(game => game.Value)] });
        await using var rows = await command.ExecuteReaderAsync();
        var versions = ImmutableArray.CreateBuilder<(GameId, int)>();
        while (await rows.ReadAsync()) versions.Add((new GameId(rows.GetString(0)), rows.GetInt32(1)));
        return versions.ToImmutable();
    }

    /// <inheritdoc cref="IPostgresServer.FlagsDue"/>
    public static async Task<ImmutableArray<GameId>> FlagsDue(NpgsqlConnection connection, DateTimeOffset now, int most)
    {
        await using var command = new NpgsqlCommand("SELECT id FROM games WHERE flag_at <= $1 AND NOT set_aside ORDER BY flag_at LIMIT $2", connection);
        command.Parameters.AddRange((NpgsqlParameter[])[new NpgsqlParameter<long> { TypedValue = now.ToUnixTimeMilliseconds() }, new NpgsqlParameter<int> { TypedValue = most }]);
        await using var rows = await command.ExecuteReaderAsync();
        var due = ImmutableArray.CreateBuilder<GameId>();
        while (await rows.ReadAsync()) due.Add(new GameId(rows.GetString(0)));
        return due.ToImmutable();
    }

    private static async Task<IReadOnlyList<StoredGame>> Read(NpgsqlConnection connection, string condition, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {StoredGame.Columns}, e.version, e.kind, e.value, e.at FROM {StoredGame.Tables} LEFT JOIN events e ON e.game = g.number
            WHERE {condition} ORDER BY g.number, e.version
            """, connection);
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync();

        var games = new List<StoredGame>();
        StoredGame.Head? start = null;
        var events = ImmutableArray.CreateBuilder<StoredGame.Row>();
        while (await rows.ReadAsync())
        {
            if (start is { } before && before.Number != rows.GetInt64(0)) Close(before);
            start ??= StoredGame.ReadHead(rows);
            if (!rows.IsDBNull(Head)) events.Add(StoredGame.ReadEvent(rows, Head));
        }
        if (start is { } last) Close(last);
        return games;

        void Close(StoredGame.Head head)
        {
            games.Add(new StoredGame(head, events.ToImmutable()));
            events.Clear();
            start = null;
        }
    }
}
