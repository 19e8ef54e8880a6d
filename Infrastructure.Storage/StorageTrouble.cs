using System.Net.Sockets;
using ConnectFour.Infrastructure.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>What went wrong with the storage, told apart by what there is to do about it.</summary>
public static class StorageTrouble
{
    private const int SqliteConstraint = 19;

    /// <summary>The class of SQLSTATE 23: a constraint is broken.</summary>
    private const string PostgresConstraints = "23";

    /// <summary>Whether it may be over by itself, so that the same can be asked again later: the disk is full, or the database is away.</summary>
    public static bool MayPass(Exception problem) =>
        FullDisk.IsWhy(problem) || problem is NpgsqlException { IsTransient: true } or SocketException or TimeoutException || (problem.InnerException is { } cause && MayPass(cause));

    /// <summary>Whether a rule of the schema forbids it: there is such a row already, or there is none that it points to.</summary>
    internal static bool IsForbidden(DbUpdateException problem) => problem.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteConstraint,
        PostgresException postgres => postgres.SqlState.StartsWith(PostgresConstraints, StringComparison.Ordinal),
        _ => false,
    };
}
