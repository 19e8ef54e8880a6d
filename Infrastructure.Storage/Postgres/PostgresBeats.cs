using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>Table <c>nodes</c>: which servers are there. By the database's clock, in milliseconds since 1970.</summary>
/// <param name="line">One line; its end is that of the lock.</param>
internal sealed class PostgresBeats(NpgsqlDataSource line) : IBeatLine
{
    /// <summary>Of the lock that is held by the server that gives the clocks their time back: "C4R1".</summary>
    private const long RecoveryLock = 0x43345231;

    // The clock is read once: what follows from it is decided by the same instant. Beats after it are of a clock that was set back since, and say nothing; whose own is, has been there.
    private const string Own =
        """
        WITH clock AS MATERIALIZED (
            SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
        ), newest AS MATERIALIZED (
            SELECT max(beat) AS beat FROM nodes, clock WHERE beat <= now
        ), own AS (
            INSERT INTO nodes (id, beat) SELECT $1, now FROM clock, newest
            WHERE now <= $2 OR newest.beat IS NULL OR now - newest.beat <= $3 OR EXISTS (SELECT FROM nodes own WHERE own.id = $1 AND own.beat > now)
            ON CONFLICT (id) DO UPDATE SET beat = excluded.beat
            RETURNING beat
        )
        SELECT now, beat, EXISTS (SELECT FROM own) FROM clock, newest
        """;

    private const string Others = "SELECT id FROM nodes, floor(extract(epoch FROM clock_timestamp()) * 1000) AS now WHERE id = ANY ($1) AND beat BETWEEN now - $2 AND now";

    /// <summary>Holds the lock, or is to.</summary>
    private NpgsqlConnection? _holder;

    /// <inheritdoc cref="IPostgresServer.Beating"/>
    public static async Task<IReadOnlySet<Guid>> Beating(NpgsqlConnection connection, IReadOnlyCollection<Guid> servers, TimeSpan within)
    {
        await using var command = new NpgsqlCommand(Others, connection);
        command.Parameters.AddRange((NpgsqlParameter[])[new NpgsqlParameter<Guid[]> { TypedValue = [.. servers] }, Of(within)]);
        await using var rows = await command.ExecuteReaderAsync();
        var beating = new HashSet<Guid>();
        while (await rows.ReadAsync()) beating.Add(rows.GetGuid(0));
        return beating;
    }

    public async Task<Pulse> Beat(Guid server, DateTimeOffset until, TimeSpan outage, CancellationToken end)
    {
        await using var connection = await line.OpenConnectionAsync(end);
        await using var command = new NpgsqlCommand(Own, connection);
        command.Parameters.AddRange((NpgsqlParameter[])[new NpgsqlParameter<Guid> { TypedValue = server }, new NpgsqlParameter<long> { TypedValue = until.ToUnixTimeMilliseconds() }, Of(outage)]);
        await using var row = await command.ExecuteReaderAsync(end);
        await row.ReadAsync(end);
        return new Pulse(Instant(row.GetInt64(0)), row.IsDBNull(1) ? null : Instant(row.GetInt64(1)), row.GetBoolean(2));
    }

    public async Task<bool> TryLock(CancellationToken end)
    {
        _holder ??= await line.OpenConnectionAsync(end);
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({RecoveryLock})", _holder);
        return await command.ExecuteScalarAsync(end) is true;
    }

    public async Task Clear(TimeSpan gone, CancellationToken end)
    {
        await using var connection = await line.OpenConnectionAsync(end);
        await using var command = new NpgsqlCommand("DELETE FROM nodes WHERE beat < (SELECT max(beat) FROM nodes) - $1", connection);
        command.Parameters.Add(Of(gone));
        await command.ExecuteNonQueryAsync(end);
    }

    public void Dispose()
    {
        _holder?.Dispose();
        line.Dispose();
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static NpgsqlParameter<long> Of(TimeSpan span) => new() { TypedValue = (long)span.TotalMilliseconds };
}
