using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>A game as its rows say it was: its first event, and the others as they are stored.</summary>
internal sealed record StoredGame(long Number, long First, long Second, GameEvent.Started Started, ImmutableArray<StoredGame.Row> Rows)
{
    public readonly record struct Row(StoredEvent Kind, long Value, long At);

    /// <exception cref="ArgumentException">The rows make no game.</exception>
    public ImmutableArray<GameEvent> Events()
    {
        var moves = new Notation();
        var events = ImmutableArray.CreateBuilder<GameEvent>(Rows.Length + 1);
        events.Add(Started);
        foreach (var row in Rows)
        {
            var happened = EventCodec.Decode(row.Kind, row.Value, Started.At.AddMilliseconds(row.At), moves);
            events.Add(happened);
            if (happened is not GameEvent.DiscDropped drop) continue;
            if (moves.IsFinished || moves.Board.IsColumnFull(drop.Column)) throw new ArgumentException($"The rules forbid ply {moves.Plies + 1}.");
            moves = moves.Then(drop.Column);
        }
        return events.MoveToImmutable();
    }
}

/// <summary>Reads games from their tables.</summary>
internal static class StoredGames
{
    private const string Heads =
        """
        SELECT g.number, g.first, g.second, g.id, f.name, g.first_colour, s.name, g.second_colour, g.initial, g.increment, g.started_at
        FROM games g JOIN users f ON f.number = g.first JOIN users s ON s.number = g.second
        """;

    /// <summary>The game of that id, or null; one that was set aside is no game.</summary>
    public static StoredGame? Find(SqliteConnection connection, GameId id)
    {
        using var head = connection.CreateCommand();
        head.CommandText = $"{Heads} WHERE g.id = $id AND NOT g.set_aside";
        head.Parameters.AddWithValue("$id", id.Value);
        using var games = head.ExecuteReader();
        if (!games.Read()) return null;

        var game = Head(games);
        using var events = connection.CreateCommand();
        events.CommandText = "SELECT game, kind, value, at FROM events WHERE game = $game ORDER BY version";
        events.Parameters.AddWithValue("$game", game.Number);
        using var rows = events.ExecuteReader();
        var own = ImmutableArray.CreateBuilder<StoredGame.Row>();
        while (rows.Read()) own.Add(Event(rows));
        return game with { Rows = own.ToImmutable() };
    }

    /// <summary>All running games, in the order of their numbers.</summary>
    public static IEnumerable<StoredGame> Running(SqliteConnection connection) => All(connection, "g.ended_at IS NULL AND NOT g.set_aside");

    /// <summary>All games of which the condition holds, in the order of their numbers; read as they are asked for.</summary>
    public static IEnumerable<StoredGame> All(SqliteConnection connection, string condition)
    {
        using var heads = connection.CreateCommand();
        heads.CommandText = $"{Heads} WHERE {condition} ORDER BY g.number";
        using var events = connection.CreateCommand();
        events.CommandText = $"SELECT e.game, e.kind, e.value, e.at FROM games g CROSS JOIN events e ON e.game = g.number WHERE {condition} ORDER BY g.number, e.version";

        // Two sorted streams, side by side.
        using var games = heads.ExecuteReader();
        using var rows = events.ExecuteReader();
        var more = rows.Read();
        while (games.Read())
        {
            var game = Head(games);
            var own = ImmutableArray.CreateBuilder<StoredGame.Row>();
            for (; more && rows.GetInt64(0) == game.Number; more = rows.Read()) own.Add(Event(rows));
            yield return game with { Rows = own.ToImmutable() };
        }
    }

    private static StoredGame Head(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2),
        new GameEvent.Started(
            new GameId(row.GetString(3)),
            new Seat(Name(row.GetString(4)), (DiscColour)row.GetInt32(5)),
            new Seat(Name(row.GetString(6)), (DiscColour)row.GetInt32(7)),
            row.IsDBNull(8) ? null : TimeControl.From(row.GetInt32(8), row.GetInt32(9)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10))),
        []);

    public static UserName Name(string stored) => stored == UserRow.DeletedName ? UserName.Deleted : UserName.From(stored);

    private static StoredGame.Row Event(SqliteDataReader row) => new((StoredEvent)row.GetInt32(1), row.GetInt64(2), row.GetInt64(3));
}
