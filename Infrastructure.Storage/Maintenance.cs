using System.Data.Common;
using System.Globalization;
using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Infrastructure.Storage.Sqlite;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>What an operator does with the data besides serving it. All of it works while a server runs on the same data, and sees one moment of it.</summary>
public abstract class Maintenance : IDisposable
{
    private readonly DbConnection _connection;

    internal Maintenance(DbConnection connection) => _connection = connection;

    /// <summary>On the SQLite database of a data directory.</summary>
    /// <exception cref="StorageException">There is no database of ours and of this version.</exception>
    public static Maintenance Open(string dataDirectory) => new SqliteMaintenance(DataDirectory.DatabaseIn(Path.GetFullPath(dataDirectory)));

    /// <summary>On a PostgreSQL database.</summary>
    /// <exception cref="StorageException">There is no database of ours and of this version.</exception>
    public static Maintenance Connect(string connectionString) => new PostgresMaintenance(connectionString);

    /// <summary>Looks for whatever is not as it should be: the file itself, games that break the rules, records that are no recount. One line for each; none if all is well.</summary>
    public IEnumerable<string> Check()
    {
        using var moment = Moment();
        return [.. AsFarAsItCanBeRead(FileProblems()), .. AsFarAsItCanBeRead(GameProblems()), .. AsFarAsItCanBeRead(RecordProblems()), .. AsFarAsItCanBeRead(RatingProblems())];
    }

    /// <summary>How many games there are, finished and running; null if that cannot be read.</summary>
    public (long Finished, long Running, long SetAside)? Count()
    {
        try
        {
            return Counted();
        }
        catch (DbException)
        {
            return null;
        }
    }

    /// <summary>Copies the database as it is at this moment.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="StorageException">There is a better way.</exception>
    public abstract void Backup(string file);

    /// <summary>Writes all games as records, oldest first, a blank line after each; see docs/game-record.md.</summary>
    public void Export(TextWriter to)
    {
        using var moment = Moment();
        foreach (var stored in Games())
        {
            to.Write(GameRecord.From(stored.Events()));
            to.Write('\n');
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing) _connection.Dispose();
    }

    /// <summary>A transaction that sees one moment.</summary>
    internal abstract DbTransaction Moment();

    /// <summary>All games that were not set aside, oldest first. Something else may be asked of the connection in between.</summary>
    internal abstract IEnumerable<StoredGame> Games();

    /// <summary>What the database says of its own state.</summary>
    internal abstract IEnumerable<string> FileProblems();

    private (long Finished, long Running, long SetAside) Counted()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT count(*) FILTER (WHERE ended_at IS NOT NULL AND NOT set_aside), count(*) FILTER (WHERE ended_at IS NULL AND NOT set_aside), count(*) FILTER (WHERE set_aside)
            FROM games
            """;
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    /// <summary>Damage may be such that it cannot all be told.</summary>
    private static List<string> AsFarAsItCanBeRead(IEnumerable<string> problems)
    {
        var found = new List<string>();
        try
        {
            foreach (var problem in problems) found.Add(problem);
        }
        catch (DbException unreadable)
        {
            found.Add($"the rest cannot be read: {unreadable.Message}");
        }
        return found;
    }

    private IEnumerable<string> GameProblems() => Games().Select(Problem).OfType<string>();

    private string? Problem(StoredGame stored)
    {
        try
        {
            var game = stored.Game();
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT winner, reason, plies FROM games WHERE number = @game AND ended_at IS NOT NULL";
            command.Add("@game", stored.Start.Number);
            using var row = command.ExecuteReader();
            var written = row.Read() ? (row.IsDBNull(0) ? null : row.GetInt32(0), row.IsDBNull(1) ? 0 : row.GetInt32(1), row.GetInt32(2)) : ((int?)null, 0, 0);
            var played = game.Outcome is { } outcome ? ((int?)outcome.Winner, (int)EventCodec.Reason(outcome), game.Moves.Plies) : (null, 0, 0);
            return written == played ? null : $"game {game.Id}: the result says {written}, and the events say {played}";
        }
        catch (ArgumentException problem)
        {
            return $"game {stored.Start.Id}: {problem.Message}";
        }
    }

    /// <summary>All ratings computed again, from the results alone, in the order in which the games were rated.</summary>
    private IEnumerable<string> RatingProblems()
    {
        var ratings = new Dictionary<long, Rating>();
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT g.id, g.first, g.second, g.winner, g.ended_at, f.rating, f.deviation, f.volatility, s.rating, s.deviation, s.volatility,
                (SELECT count(*) FROM ratings r WHERE r.game = g.number)
            FROM games g
                LEFT JOIN ratings f ON f.game = g.number AND f.user = g.first
                LEFT JOIN ratings s ON s.game = g.number AND s.user = g.second
            WHERE NOT g.set_aside AND (f.number IS NOT NULL OR s.number IS NOT NULL OR (g.rated AND g.plies - length(g.opening) >= {Game.LeastRatedPlies} AND g.ended_at IS NOT NULL))
            ORDER BY f.number
            """;
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                var (id, first, second) = (rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2));
                if (rows.GetInt64(11) != 2 || rows.IsDBNull(5) || rows.IsDBNull(8) || rows.IsDBNull(4))
                {
                    yield return $"game {id}: it is rated, and has {rows.GetInt64(11)} ratings instead of one for each player";
                    continue;
                }
                var at = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4));
                var (one, two) = (ratings.GetValueOrDefault(first) ?? Rating.Initial(at), ratings.GetValueOrDefault(second) ?? Rating.Initial(at));
                (ratings[first], ratings[second]) = one.Played(two, rows.IsDBNull(3) ? 0.5 : rows.GetInt64(3) == 0 ? 1 : 0, at);
                if (!IsSame(ratings[first], rows, 5) || !IsSame(ratings[second], rows, 8)) yield return $"game {id}: its ratings are not what its result makes of those before";
            }
        }

        command.CommandText = $"SELECT number, name, {StoredRating.Columns} FROM users";
        using var users = command.ExecuteReader();
        while (users.Read())
            if (ratings.GetValueOrDefault(users.GetInt64(0)) is var recount && (recount is null ? !users.IsDBNull(2) : users.IsDBNull(2) || !IsSame(recount, users, 2)))
                yield return string.Create(CultureInfo.InvariantCulture, $"{users.GetString(1)}: the rating is not what the games make of it, {recount?.Value:0.##}");
    }

    // Another processor may round the last digits otherwise.
    private static bool IsSame(Rating rating, DbDataReader row, int first) =>
        Math.Abs(rating.Value - row.GetDouble(first)) < 1e-6 && Math.Abs(rating.Deviation - row.GetDouble(first + 1)) < 1e-6 && Math.Abs(rating.Volatility - row.GetDouble(first + 2)) < 1e-9;

    private IEnumerable<string> RecordProblems()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            """
            WITH results (person, side, winner) AS (
                SELECT first, 0, winner FROM games WHERE ended_at IS NOT NULL AND NOT set_aside
                UNION ALL
                SELECT second, 1, winner FROM games WHERE ended_at IS NOT NULL AND NOT set_aside
            ), recount (person, wins, losses, draws) AS (
                SELECT person, count(*) FILTER (WHERE winner = side), count(*) FILTER (WHERE winner = 1 - side), count(*) FILTER (WHERE winner IS NULL) FROM results GROUP BY person
            )
            SELECT u.name, u.wins, u.losses, u.draws, coalesce(r.wins, 0), coalesce(r.losses, 0), coalesce(r.draws, 0)
            FROM users u LEFT JOIN recount r ON r.person = u.number
            WHERE (u.wins, u.losses, u.draws) <> (coalesce(r.wins, 0), coalesce(r.losses, 0), coalesce(r.draws, 0))
            """;
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{rows.GetString(0)}: the record says {rows.GetInt64(1)}-{rows.GetInt64(2)}-{rows.GetInt64(3)}, and the games say {rows.GetInt64(4)}-{rows.GetInt64(5)}-{rows.GetInt64(6)}");
    }
}
