using Npgsql;
using NpgsqlTypes;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>What the journal says to PostgreSQL when something has happened. Each is one transaction, and answers whether the database agreed.</summary>
internal static class PostgresTables
{
    private const string People =
        """
        INSERT INTO users (name, kind, credential, open_to_more, challenges, wins, losses, draws)
        SELECT name, kind, credential, false, 0, 0, 0, 0 FROM unnest($1, $2, $3) AS player (name, kind, credential)
        WHERE NOT EXISTS (SELECT FROM users u WHERE u.credential = player.credential)
        ORDER BY credential
        ON CONFLICT (credential) DO NOTHING
        """;

    private const string Waited = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint - $1";

    /// <summary>Time that nobody had: what has passed since somebody asked ($1), if that is more than is usual ($2). In milliseconds.</summary>
    private const string Lost = $"WITH lost AS MATERIALIZED (SELECT CASE WHEN {Waited} > $2 THEN {Waited} ELSE 0 END AS time)";

    private const string NewGame =
        $"""
        {Lost}
        INSERT INTO games (id, first, second, first_colour, second_colour, initial, increment, balance, opening, swapped, rated, started_at, plies, set_aside, flag_at)
        SELECT $3, one.number, two.number, $6, $7, $8, $9, $10, $11, false, $12, $13 + lost.time, 0, false, $14 + lost.time FROM users one, users two, lost
        WHERE one.credential = $4 AND two.credential = $5
        ON CONFLICT (id) DO NOTHING
        RETURNING number, first, second, started_at
        """;

    /// <summary>In milliseconds.</summary>
    private static readonly long Usual = (long)Heart.Outage.TotalMilliseconds;

    /// <summary>Of a flag: unless the time in which it fell was nobody's.</summary>
    private const string InTime = " AND lost.time = 0";

    private const string Moved = "";
    private const string Swapped = ", first = second, second = first, swapped = true";
    private const string Ended = ", ended_at = $9, winner = $10, reason = $11, plies = $12";

    private const string Players = "SELECT number, rating, deviation, volatility, rated_at FROM users WHERE number IN ($1, $2) ORDER BY number FOR NO KEY UPDATE";
    private const string Record = "UPDATE users SET wins = wins + $2, losses = losses + $3, draws = draws + $4 WHERE number = $1";
    private const string Rate = "UPDATE users SET rating = $2, deviation = $3, volatility = $4, rated_at = $5 WHERE number = $1";
    private const string Rated = """INSERT INTO ratings ("user", game, rating, deviation, volatility, at) VALUES ($1, $2, $3, $4, $5, $6)""";

    /// <inheritdoc cref="IPostgresServer.Start"/>
    public static async Task<RunningGame?> Start(NpgsqlConnection connection, Step step)
    {
        var (started, (first, second)) = ((GameEvent.Started)step.Events[0], step.Players!.Value);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(People, Of(new[] { first.Name.Text, second.Name.Text }), Of(new[] { (int)Stored.Of(first.Kind), (int)Stored.Of(second.Kind) }), Of(new[] { first.Credential.Digest, second.Credential.Digest })));
        batch.BatchCommands.Add(Command(
            NewGame, Of(step.Asked.ToUnixTimeMilliseconds()), Of(Usual), Of(started.Game.Value), Of(first.Credential.Digest), Of(second.Credential.Digest), Of((int)started.First.Colour), Of((int)started.Second.Colour),
            Of((int?)started.Control?.Initial.TotalSeconds), Of((int?)started.Control?.Increment.TotalSeconds), Of((int)Stored.Of(started.Terms.Balance)), Of(started.Terms.Opening.ToString()),
            Of(started.Stakes == Stakes.Rated), Of(EventCodec.Milliseconds(started.At)), FlagAt(step.Next)));
        await using var rows = await batch.ExecuteReaderAsync();
        var game = await rows.ReadAsync() ? new RunningGame(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), step.Next, rows.GetInt64(3)) : null;
        await rows.NextResultAsync(); // Only at its end is it known that the batch is committed.
        return game is null ? null : game with { Game = step.As(game).Next };
    }

    /// <inheritdoc cref="IPostgresServer.Append"/>
    public static async Task<TimeSpan?> Append(NpgsqlConnection connection, RunningGame known, Step step)
    {
        var (next, events) = (step.Next, step.Events);
        if (next.Outcome is null) return await Insert(connection, known, step, next.IsSwapped && !known.Game.IsSwapped ? Swapped : Moved);

        await using var transaction = await connection.BeginTransactionAsync();
        if (await Insert(connection, known, step, Ended, next.Outcome is Outcome.Flag ? InTime : "") is not { } lost) return null;

        // Both players' rows are locked in the order of their numbers, as everybody does it: so nobody waits for somebody who waits for them.
        var (winner, at) = (next.Outcome.Winner, events[^1].At);
        var (first, second) = (known.At(next).First, known.At(next).Second);
        var ratings = await Lock(connection, first, second);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (user, side) in ((long, Player)[])[(first, Player.First), (second, Player.Second)])
            batch.BatchCommands.Add(Command(Record, Of(user), Of(winner == side ? 1 : 0), Of(winner == side.Opponent ? 1 : 0), Of(winner is null ? 1 : 0)));
        if (next.CountsForRatings)
        {
            var (one, two) = (ratings[first] ?? Rating.Initial(at)).Played(ratings[second] ?? Rating.Initial(at), winner switch { Player.First => 1, Player.Second => 0, null => 0.5 }, at);
            foreach (var (user, rating) in ((long, Rating)[])[(first, one), (second, two)])
            {
                batch.BatchCommands.Add(Command(Rate, Of(user), Of(rating.Value), Of(rating.Deviation), Of(rating.Volatility), Of(EventCodec.Milliseconds(rating.At))));
                batch.BatchCommands.Add(Command(Rated, Of(user), Of(known.Number), Of(rating.Value), Of(rating.Deviation), Of(rating.Volatility), Of(EventCodec.Milliseconds(at))));
            }
        }
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return lost;
    }

    /// <summary>
    /// Makes sure that all that can be seen is kept as it is promised. What a line that broke has committed can be seen before the replicas have it that it waits for; a commit that comes after waits for those too.
    /// </summary>
    public static async Task Settle(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_logical_emit_message(true, 'connect-four', '')", connection); // The least that is a commit.
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="changes">What else becomes of the game's row.</param>
    /// <param name="condition">On which else it depends.</param>
    private static async Task<TimeSpan?> Insert(NpgsqlConnection connection, RunningGame known, Step step, string changes, string condition = "")
    {
        var (next, events) = (step.Next, step.Events);
        await using var command = new NpgsqlCommand(
            $"""
            {Lost}, game AS (
                UPDATE games SET version = version + cardinality($5), flag_at = $8 + lost.time{changes} FROM lost
                WHERE number = $3 AND version = $4 AND ended_at IS NULL{condition}
                RETURNING number
            )
            INSERT INTO events (game, version, kind, value, at)
            SELECT game.number, $4 + happened.place, happened.kind, happened.value, happened.at
            FROM game, unnest($5, $6, $7) WITH ORDINALITY AS happened (kind, value, at, place)
            RETURNING (SELECT time FROM lost)
            """, connection);
        var rows = events.Select(happened => (Stored: EventCodec.Encode(happened), At: EventCodec.Milliseconds(happened.At) - known.StartedAt)).ToArray();
        command.Parameters.AddRange(
            (NpgsqlParameter[])[
                Of(step.Asked.ToUnixTimeMilliseconds()), Of(Usual), Of(known.Number), Of(known.Game.Version), Of(rows.Select(row => (int)row.Stored.Kind).ToArray()), Of(rows.Select(row => row.Stored.Value).ToArray()), Of(rows.Select(row => row.At).ToArray()), FlagAt(next),
                .. next.Outcome is { } outcome ? (NpgsqlParameter[])[Of(EventCodec.Milliseconds(events[^1].At)), Of((int?)outcome.Winner), Of((int)EventCodec.Reason(outcome)), Of(next.Moves.Plies)] : [],
            ]);
        return await command.ExecuteScalarAsync() is long lost ? TimeSpan.FromMilliseconds(lost) : null;
    }

    private static async Task<Dictionary<long, Rating?>> Lock(NpgsqlConnection connection, long first, long second)
    {
        await using var command = new NpgsqlCommand(Players, connection);
        command.Parameters.AddRange((NpgsqlParameter[])[Of(first), Of(second)]);
        await using var rows = await command.ExecuteReaderAsync();
        var ratings = new Dictionary<long, Rating?>();
        while (await rows.ReadAsync()) ratings[rows.GetInt64(0)] = StoredRating.Read(rows, 1);
        return ratings;
    }

    private static NpgsqlParameter FlagAt(Game game) => Of(game.Clock?.FallsAt?.ToUnixTimeMilliseconds());

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Of(int? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    private static NpgsqlParameter Of(long? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
