using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>Reads games from their tables, on the thread that asks.</summary>
internal static class SqliteGames
{
    /// <summary>The game of that id, or null; one that was set aside is no game.</summary>
    public static StoredGame? Find(SqliteConnection connection, GameId id)
    {
        using var head = connection.CreateCommand();
        head.CommandText = $"SELECT {StoredGame.Columns} FROM {StoredGame.Tables} WHERE g.id = $id AND NOT g.set_aside";
        head.Parameters.AddWithValue("$id", id.Value);
        using var games = head.ExecuteReader();
        if (!games.Read()) return null;

        var start = StoredGame.ReadHead(games);
        using var events = connection.CreateCommand();
        events.CommandText = "SELECT game, version, kind, value, at FROM events WHERE game = $game ORDER BY version";
        events.Parameters.AddWithValue("$game", start.Number);
        using var rows = events.ExecuteReader();
        var own = ImmutableArray.CreateBuilder<StoredGame.Row>();
        while (rows.Read()) own.Add(StoredGame.ReadEvent(rows, 1));
        return new StoredGame(start, own.ToImmutable());
    }

    /// <summary>All running games, in the order of their numbers.</summary>
    public static IEnumerable<StoredGame> Running(SqliteConnection connection) => All(connection, "g.ended_at IS NULL AND NOT g.set_aside");

    /// <summary>All games of which the condition holds, in the order of their numbers; read as they are asked for.</summary>
    public static IEnumerable<StoredGame> All(SqliteConnection connection, string condition)
    {
        using var heads = connection.CreateCommand();
        heads.CommandText = $"SELECT {StoredGame.Columns} FROM {StoredGame.Tables} WHERE {condition} ORDER BY g.number";
        using var events = connection.CreateCommand();
        events.CommandText = $"SELECT e.game, e.version, e.kind, e.value, e.at FROM games g CROSS JOIN events e ON e.game = g.number WHERE {condition} ORDER BY g.number, e.version";

        // Two sorted streams, side by side.
        using var games = heads.ExecuteReader();
        using var rows = events.ExecuteReader();
        var more = rows.Read();
        while (games.Read())
        {
            var start = StoredGame.ReadHead(games);
            var own = ImmutableArray.CreateBuilder<StoredGame.Row>();
            for (; more && rows.GetInt64(0) == start.Number; more = rows.Read()) own.Add(StoredGame.ReadEvent(rows, 1));
            yield return new StoredGame(start, own.ToImmutable());
        }
    }
}
