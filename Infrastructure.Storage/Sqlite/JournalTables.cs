using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>What the journal's writer says to the database: prepared statements on a connection of its own. Each answers whether the database agreed.</summary>
internal sealed class JournalTables : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _user;
    private readonly SqliteCommand _game;
    private readonly Statement _event;
    private readonly SqliteCommand _end;
    private readonly SqliteCommand _record;
    private readonly SqliteCommand _swap;
    private readonly SqliteCommand _rating;
    private readonly SqliteCommand _rate;
    private readonly SqliteCommand _rated;
    private readonly SqliteCommand _setAside;
    private readonly SqliteCommand _touch;

    public JournalTables(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _user = Prepare(
            """
            INSERT INTO users (name, kind, credential, open_to_more, challenges, wins, losses, draws) VALUES ($name, $kind, $credential, 0, 0, 0, 0, 0)
            ON CONFLICT (credential) DO UPDATE SET credential = excluded.credential
            RETURNING number
            """, "$name", "$kind", "$credential");
        _game = Prepare(
            """
            INSERT INTO games (id, first, second, first_colour, second_colour, initial, increment, balance, opening, swapped, rated, started_at, plies, set_aside)
            VALUES ($id, $first, $second, $first_colour, $second_colour, $initial, $increment, $balance, $opening, 0, $rated, $started_at, 0, 0)
            ON CONFLICT (id) DO NOTHING
            RETURNING number
            """, "$id", "$first", "$second", "$first_colour", "$second_colour", "$initial", "$increment", "$balance", "$opening", "$rated", "$started_at");
        _event = new Statement(
            connection,
            """
            INSERT INTO events (game, version, kind, value, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (game, version) DO NOTHING
            """);
        _end = Prepare(
            """
            UPDATE games SET ended_at = $ended_at, winner = $winner, reason = $reason, plies = $plies
            WHERE number = $game AND ended_at IS NULL
            """, "$game", "$ended_at", "$winner", "$reason", "$plies");
        _record = Prepare(
            """
            UPDATE users SET wins = wins + $won, losses = losses + $lost, draws = draws + $drawn
            WHERE number = $user
            """, "$user", "$won", "$lost", "$drawn");
        _swap = Prepare("UPDATE games SET first = second, second = first, swapped = 1 WHERE number = $game", "$game");
        _rating = Prepare("SELECT rating, deviation, volatility, rated_at FROM users WHERE number = $user", "$user");
        _rate = Prepare(
            """
            UPDATE users SET rating = $rating, deviation = $deviation, volatility = $volatility, rated_at = $at
            WHERE number = $user
            """, "$user", "$rating", "$deviation", "$volatility", "$at");
        _rated = Prepare(
            """
            INSERT INTO ratings (user, game, rating, deviation, volatility, at) VALUES ($user, $game, $rating, $deviation, $volatility, $at)
            """, "$user", "$game", "$rating", "$deviation", "$volatility", "$at");
        _setAside = Prepare("UPDATE games SET set_aside = 1 WHERE number = $game", "$game");
        _touch = Prepare("PRAGMA user_version = 0");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Whatever went wrong may have rolled back already.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _rollback.ExecuteNonQuery();
    }

    /// <summary>The number of whoever proves themselves by this credential; a guest gets one with their first game.</summary>
    public long User(User user) =>
        (long)Run(_user, user.Name.Text, (int)Stored.Of(user.Kind), user.Credential.Digest)!;

    /// <summary>The game's number, or null if there is a game of that id.</summary>
    public long? Game(GameEvent.Started started, long first, long second) => (long?)Run(
        _game, started.Game.Value, first, second, (int)started.First.Colour, (int)started.Second.Colour,
        (int?)started.Control?.Initial.TotalSeconds, (int?)started.Control?.Increment.TotalSeconds,
        (int)Stored.Of(started.Terms.Balance), started.Terms.Opening.ToString(), started.Stakes == Stakes.Rated ? 1 : 0, EventCodec.Milliseconds(started.At));

    /// <summary>False if the game has an event of that version.</summary>
    public bool Event(long game, int version, GameEvent happened, long startedAt)
    {
        var (kind, value) = EventCodec.Encode(happened);
        return _event.Change(game, version, (int)kind, value, EventCodec.Milliseconds(happened.At) - startedAt) == 1;
    }

    /// <summary>The players have changed places.</summary>
    public void Swap(long game) => Change(_swap, game);

    /// <summary>Enters the result, and with it both records and ratings. False if the game has ended already.</summary>
    public bool End(long game, long first, long second, Game over, DateTimeOffset at)
    {
        var winner = over.Outcome!.Winner;
        if (Change(_end, game, EventCodec.Milliseconds(at), (int?)winner, (int)EventCodec.Reason(over.Outcome), over.Moves.Plies) != 1) return false;

        Record(first, winner, Player.First);
        Record(second, winner, Player.Second);
        if (over.CountsForRatings) Rate(game, first, second, winner, at);
        return true;
    }

    public IReadOnlyList<StoredGame> Running() => [.. SqliteGames.Running(_connection)];

    public StoredGame? Find(GameId id) => SqliteGames.Find(_connection, id);

    /// <summary>The game makes no sense: it is kept, and nobody finds it any more.</summary>
    public void SetAside(long game) => Change(_setAside, game);

    /// <summary>Writes something that changes nothing, to see whether it can be written.</summary>
    public void Touch() => _touch.ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _rollback, _user, _game, _end, _record, _swap, _rating, _rate, _rated, _setAside, _touch]) command.Dispose();
        _event.Dispose();
        _connection.Dispose();
    }

    private void Record(long user, Player? winner, Player side) => Change(_record, user, winner == side ? 1 : 0, winner == side.Opponent ? 1 : 0, winner is null ? 1 : 0);

    private void Rate(long game, long first, long second, Player? winner, DateTimeOffset at)
    {
        var (one, two) = Rating(first, at).Played(Rating(second, at), winner switch { Player.First => 1, Player.Second => 0, null => 0.5 }, at);
        foreach (var (user, rating) in ((long, Rating)[])[(first, one), (second, two)])
        {
            Change(_rate, user, rating.Value, rating.Deviation, rating.Volatility, EventCodec.Milliseconds(rating.At));
            Change(_rated, user, game, rating.Value, rating.Deviation, rating.Volatility, EventCodec.Milliseconds(at));
        }
    }

    private Rating Rating(long user, DateTimeOffset at)
    {
        Fill(_rating, [user]);
        using var row = _rating.ExecuteReader();
        return row.Read() && StoredRating.Read(row, 0) is { } rating ? rating : Domain.Rating.Initial(at);
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        if (parameters.Length > 0) command.Prepare();
        return command;
    }

    private static object? Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Fill(command, values);
        return command.ExecuteScalar();
    }

    private static int Change(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Fill(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Fill(SqliteCommand command, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
