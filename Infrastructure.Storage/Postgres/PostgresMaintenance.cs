using System.Data;
using System.Data.Common;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>The maintenance of a PostgreSQL database.</summary>
internal sealed class PostgresMaintenance : Maintenance
{
    private const int PageOfGames = 1_000;

    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;

    /// <exception cref="StorageException">There is no database of ours and of this version.</exception>
    public PostgresMaintenance(string connectionString) : this(PostgresDatabase.Open(connectionString))
    {
    }

    private PostgresMaintenance(PostgresDatabase database) : this(database, database.Connect().AsTask().GetAwaiter().GetResult())
    {
    }

    private PostgresMaintenance(PostgresDatabase database, NpgsqlConnection connection) : base(connection) => (_database, _connection) = (database, connection);

    public override void Backup(string file) => throw new StorageException($"The data lies in PostgreSQL: 'pg_dump --format custom --file {file} {_connection.Database}' copies it, and pg_restore brings it back.");

    internal override DbTransaction Moment() => _connection.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override IEnumerable<StoredGame> Games()
    {
        for (var last = 0L; PostgresGames.Page(_connection, last, PageOfGames).GetAwaiter().GetResult() is [.., var end] page; last = end.Start.Number)
            foreach (var game in page) yield return game;
    }

    /// <summary>Damage on the disk is PostgreSQL's to find (pg_amcheck, page checksums); this is what we keep twice.</summary>
    internal override IEnumerable<string> FileProblems()
    {
        using var command = new NpgsqlCommand("SELECT id, version FROM games g WHERE version <> 1 + (SELECT count(*) FROM events e WHERE e.game = g.number) AND NOT set_aside ORDER BY number", _connection);
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return $"game {rows.GetString(0)}: it is said to be at version {rows.GetInt32(1)}, and has another number of events";
    }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing) _database.Dispose();
    }
}
