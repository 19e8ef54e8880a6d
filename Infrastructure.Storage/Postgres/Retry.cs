using System.Net.Sockets;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>What is known after something went wrong.</summary>
internal static class Retry
{
    /// <summary>The database has said no, and stored nothing. When it says that it goes away, it may have stored something before.</summary>
    public static bool IsRefused(PostgresException problem) => !IsGoing(problem);

    /// <summary>Whether the same may be granted a moment later: it met somebody else's transaction (class 40).</summary>
    public static bool IsWorthwhile(PostgresException problem) => problem.SqlState.StartsWith("40", StringComparison.Ordinal);

    /// <summary>The line broke, or stayed silent for too long: what was said may have arrived.</summary>
    public static bool IsLost(Exception problem) => problem is PostgresException said
        ? IsGoing(said)
        : problem is NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Classes 57P (it shuts down, or has not started up) and 08 (the connection).</summary>
    private static bool IsGoing(PostgresException problem) =>
        problem.SqlState.StartsWith("57P", StringComparison.Ordinal) || problem.SqlState.StartsWith("08", StringComparison.Ordinal);
}
