using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>The maintenance of a database file.</summary>
internal sealed class SqliteMaintenance : Maintenance
{
    private readonly string _file;
    private readonly SqliteConnection _connection;

    /// <exception cref="StorageException">There is no database of ours and of this version.</exception>
    public SqliteMaintenance(string file) : this(file, SqliteDatabase.OpenExisting(file))
    {
    }

    private SqliteMaintenance(string file, SqliteConnection connection) : base(connection) => (_file, _connection) = (file, connection);

    /// <summary>The copy is a data directory's <c>connect-four.db</c>.</summary>
    public override void Backup(string file)
    {
        using var copy = DataDirectory.CreateFile(file);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", Path.GetFullPath(file));
            command.ExecuteNonQuery();
            copy.Flush(flushToDisk: true);
        }
        catch (SqliteException problem)
        {
            File.Delete(file);
            throw new IOException($"{_file} could not be copied to {file}: {problem.Message}", problem);
        }
    }

    internal override DbTransaction Moment() => _connection.BeginTransaction(deferred: true);

    internal override IEnumerable<StoredGame> Games() => SqliteGames.All(_connection, "NOT g.set_aside");

    internal override IEnumerable<string> FileProblems()
    {
        using var command = _connection.CreateCommand();
        foreach (var pragma in (string[])["integrity_check", "foreign_key_check"])
        {
            command.CommandText = $"PRAGMA {pragma}";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                if (rows.GetValue(0) as string != "ok") yield return $"{pragma}: {rows.GetValue(0)}";
        }
    }
}
