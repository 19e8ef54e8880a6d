using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConnectFour.Application;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// Says once a second, in the database, that this server is there, and learns what time it is by the database's clock. While any server beats, time passes for everybody. When none has for a
/// while, because all were away or the database was, nobody beats until one of them has given the clocks their time back; the others wait for it.
/// </summary>
internal sealed partial class Heart : IDisposable
{
    /// <summary>How often it beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>After so long without a beat of anybody, nobody was there.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    /// <summary>How often time is given back at most before a beat: so many outages one after another are believed, and then it is that there are very many games.</summary>
    private const int Rounds = 3;

    /// <summary>After so long without a beat of its own, a server may not be there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Of the lock that is held by the server that gives the clocks their time back: "C4R1".</summary>
    private const long RecoveryLock = 0x43345231;

    /// <summary>Milliseconds after which the row of a server that has gone is cleared away.</summary>
    private const long Gone = 24L * 3_600_000;

    // The clock is read once: what follows from it is decided by the same instant. Beats after it are of a clock that was set back since, and say nothing; whose own is, has been there.
    private const string Sql =
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

    private readonly PostgresDatabase _database;
    private readonly NpgsqlDataSource _line;
    private readonly ServerTime _serverTime;
    private readonly Func<DateTimeOffset, DateTimeOffset, Task> _giveBack;
    private readonly Action<bool> _heard;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Guid _id;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;
    private long _last;
    private bool _isCleared;

    /// <param name="node">This server.</param>
    /// <param name="giveBack">Gives the clocks of all running games back the time between two instants.</param>
    /// <param name="heard">Is told whether the database answers.</param>
    public Heart(PostgresDatabase database, Node node, ServerTime serverTime, Func<DateTimeOffset, DateTimeOffset, Task> giveBack, Action<bool> heard, TimeProvider time, ILogger log)
    {
        (_database, _line, _serverTime, _giveBack, _heard, _time, _log) = (database, database.Line(), serverTime, giveBack, heard, time, log);
        _id = node == Node.Only ? Guid.NewGuid() : IdOf(node);
        _beating = Task.Run(Beat);
    }

    /// <summary>Ends with the first beat.</summary>
    public Task Begun => _begun.Task;

    /// <summary>The newest beat of any server before our first; null if there was none.</summary>
    public DateTimeOffset? Left { get; private set; }

    /// <summary>Whether the database took the last beats.</summary>
    public bool IsBeating => _begun.Task.IsCompleted && _time.GetElapsedTime(Volatile.Read(ref _last)) < Outage;

    /// <summary>Which of these servers have beaten just now; all, as far as is known, while this one does not: the database is away, or was a moment ago.</summary>
    public ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes) => !IsBeating ? new(nodes) : _database.Read(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT id FROM nodes, floor(extract(epoch FROM clock_timestamp()) * 1000) AS now WHERE id = ANY ($1) AND beat BETWEEN now - $2 AND now", connection);
        command.Parameters.AddRange((NpgsqlParameter[])[new NpgsqlParameter<Guid[]> { TypedValue = [.. nodes.Select(IdOf)] }, new NpgsqlParameter<long> { TypedValue = (long)Silence.TotalMilliseconds }]);
        await using var rows = await command.ExecuteReaderAsync();
        var beating = new HashSet<Guid>();
        while (await rows.ReadAsync()) beating.Add(rows.GetGuid(0));
        return nodes.RemoveAll(node => !beating.Contains(IdOf(node)));
    });

    /// <summary>Once is enough, and twice does no harm: whoever hands a journal out under several names disposes it as often.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested) return;

        _end.Cancel();
        _beating.GetAwaiter().GetResult();
        _line.Dispose();
        _end.Dispose();
    }

    /// <summary>What a server's row goes by, so that others find it by its name.</summary>
    private static Guid IdOf(Node node) => new(SHA256.HashData(Encoding.UTF8.GetBytes(node.Prefix)).AsSpan(0, 16));

    private async Task Beat()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (!(await Try()).IsTaken) await Recover();
                if (!_isCleared) await Clear();
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                _heard(false);
                LogMissed(problem.Message);
            }
            await Task.Delay(Interval, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Beats, unless nobody has for a while.</summary>
    /// <param name="until">Until when it does so whoever was away: what clocks get back reaches as far. Usually that is long ago.</param>
    private async Task<Pulse> Try(DateTimeOffset until = default)
    {
        await using var connection = await _line.OpenConnectionAsync(_end.Token);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddRange(
            (NpgsqlParameter[])[new NpgsqlParameter<Guid> { TypedValue = _id }, new NpgsqlParameter<long> { TypedValue = until.ToUnixTimeMilliseconds() }, new NpgsqlParameter<long> { TypedValue = (long)Outage.TotalMilliseconds }]);
        var asked = _time.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync(_end.Token);
        await row.ReadAsync(_end.Token);
        var took = _time.GetElapsedTime(asked);
        var pulse = new Pulse(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetBoolean(2));
        _heard(true);
        if (pulse.IsTaken) Taken(pulse, took);
        return pulse;
    }

    private void Taken(Pulse pulse, TimeSpan took)
    {
        _serverTime.Follow(pulse.Now, pulse.Now + took);
        Volatile.Write(ref _last, _time.GetTimestamp());
        if (_begun.Task.IsCompleted) return;
        Left ??= pulse.Newest;
        _begun.TrySetResult();
    }

    /// <summary>Waits until somebody has given the clocks their time back, or does it.</summary>
    private async Task Recover()
    {
        await using var line = _database.Line(); // Its end is the lock's.
        await using var connection = await line.OpenConnectionAsync(_end.Token);
        await using var ask = new NpgsqlCommand($"SELECT pg_try_advisory_lock({RecoveryLock})", connection);
        while (await ask.ExecuteScalarAsync(_end.Token) is not true)
        {
            await Task.Delay(Interval / 5, _time, _end.Token);
            if ((await Try()).IsTaken) return;
        }

        // A clock that has its time back runs, and nobody moves before the first beat. What that takes may be as much as the time to find back; if it is more, because the database went again, all get it back as well.
        for (var round = 1; await Try() is { IsTaken: false, Newest: { } left } pulse; round++)
        {
            LogOutage(left, pulse.Now);
            Left ??= left;
            await _giveBack(left, pulse.Now);
            if ((await Try(until: round < Rounds ? pulse.Now + Recovery.TimeToFindBack : DateTimeOffset.MaxValue)).IsTaken) return;
        }
    }

    /// <summary>Clears away the rows of servers that have long gone.</summary>
    private async Task Clear()
    {
        await using var connection = await _line.OpenConnectionAsync(_end.Token);
        await using var command = new NpgsqlCommand("DELETE FROM nodes WHERE beat < (SELECT max(beat) FROM nodes) - $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Gone });
        await command.ExecuteNonQueryAsync(_end.Token);
        _isCleared = true;
    }

    /// <param name="Now">By the database's clock.</param>
    /// <param name="Newest">The newest beat of any server before this one, or null.</param>
    private readonly record struct Pulse(DateTimeOffset Now, DateTimeOffset? Newest, bool IsTaken);

    [LoggerMessage(3014, LogLevel.Debug, "A beat could not be stored: {Problem}")]
    private partial void LogMissed(string problem);

    [LoggerMessage(3015, LogLevel.Warning, "No server was there from {Left:O} to {Now:O}: the clocks get that time back")]
    private partial void LogOutage(DateTimeOffset left, DateTimeOffset now);
}
