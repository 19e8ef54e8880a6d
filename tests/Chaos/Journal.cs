using System.Collections.Immutable;
using System.Data.Common;
using ConnectFour.Domain;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ConnectFour.Chaos;

/// <summary>What a server has left behind. Read without its code, which is what is on trial.</summary>
internal sealed record Journal(ImmutableArray<JournalGame> Games, ImmutableArray<JournalUser> Users)
{
    /// <summary>Reads the data directory of a server that has stopped.</summary>
    /// <exception cref="InvalidDataException">A game lacks a version, is said to have ended when it has not or the other way round, or was set aside.</exception>
    public static Journal OfDirectory(string dataDirectory)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "connect-four.db")};Pooling=False");
        return Read(database);
    }

    /// <summary>Reads what the nodes of a cluster have left in PostgreSQL.</summary>
    /// <exception cref="InvalidDataException">As of a directory.</exception>
    public static Journal OfPostgres(string connectionString)
    {
        using var database = new NpgsqlConnection(connectionString);
        return Read(database);
    }

    private static Journal Read(DbConnection database)
    {
        database.Open();
        var events = Rows(database, "SELECT game, version, kind, value, at FROM events ORDER BY game, version",
            row => (Game: row.GetInt64(0), Version: row.GetInt32(1), Kind: row.GetInt32(2), Value: row.GetInt64(3), At: row.GetInt64(4))).ToLookup(row => row.Game);
        var games = Rows(database,
            """
            SELECT g.number, g.id, f.name, g.first_colour, s.name, g.second_colour, g.initial, g.increment, g.started_at, g.ended_at IS NOT NULL, g.set_aside
            FROM games g JOIN users f ON f.number = g.first JOIN users s ON s.number = g.second
            """,
            row =>
            {
                var start = new GameEvent.Started(
                    new GameId(row.GetString(1)),
                    new Seat(UserName.From(row.GetString(2)), (DiscColour)row.GetInt32(3)),
                    new Seat(UserName.From(row.GetString(4)), (DiscColour)row.GetInt32(5)),
                    row.IsDBNull(6) ? null : TimeControl.From(row.GetInt32(6), row.GetInt32(7)),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
                return Game(start, [.. events[row.GetInt64(0)].Select(happened => (happened.Version, happened.Kind, happened.Value, happened.At))], row.GetBoolean(9), row.GetBoolean(10));
            });

        // A guest who comes without the token of the last time is somebody else under the same name.
        var users = Rows(database, "SELECT name, sum(wins), sum(losses), sum(draws) FROM users GROUP BY name",
            row => new JournalUser(UserName.From(row.GetString(0)), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)));
        return new Journal(games, users);
    }

    private static JournalGame Game(GameEvent.Started start, (int Version, int Kind, long Value, long At)[] rows, bool isOver, bool isSetAside)
    {
        if (isSetAside) throw new InvalidDataException($"Game {start.Game} was set aside.");

        var events = ImmutableArray.CreateBuilder<GameEvent>();
        events.Add(start);
        var board = Board.Empty;
        foreach (var (version, kind, value, after) in rows)
        {
            if (version != events.Count + 1) throw new InvalidDataException($"Game {start.Game} has no version {events.Count + 1}.");

            var at = start.At.AddMilliseconds(after);
            events.Add(kind switch
            {
                0 => new GameEvent.DiscDropped(board.ToMove, Column.From((int)value), at),
                1 => new GameEvent.Resumed(TimeSpan.FromMilliseconds(value), at),
                2 => new GameEvent.Ended(Outcome(value / 2, (Player)(value % 2), board), at),
                _ => throw new InvalidDataException($"Game {start.Game} has an event of kind {kind}."),
            });
            if (events[^1] is GameEvent.DiscDropped { Column: var column } && !board.IsColumnFull(column)) board = board.Drop(column);
        }
        if (isOver != events.Any(happened => happened is GameEvent.Ended)) throw new InvalidDataException($"Game {start.Game} has {(isOver ? "" : "not ")}ended, and its events say otherwise.");
        return new JournalGame(start.Game, events.ToImmutable());
    }

    private static Outcome Outcome(long reason, Player player, Board board) => reason switch
    {
        1 => new Outcome.FourInLine(player, board.WinningCells),
        2 => new Outcome.FullBoard(),
        3 => new Outcome.Forfeit(player),
        4 => new Outcome.Flag(player),
        5 => new Outcome.Absence(player),
        _ => throw new InvalidDataException($"There is no reason {reason} to end."),
    };

    private static ImmutableArray<T> Rows<T>(DbConnection database, string sql, Func<DbDataReader, T> read)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var all = ImmutableArray.CreateBuilder<T>();
        while (rows.Read()) all.Add(read(rows));
        return all.ToImmutable();
    }
}
