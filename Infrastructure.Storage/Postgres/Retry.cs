using System.Net.Sockets;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>What is known after something went wrong.</summary>
internal static class Retry
{
    /// <summary>Of what was said to the database; null if that is not what went wrong. When it says that it goes away, it may have stored something before.</summary>
    public static Fate? FateAfter(Exception problem) => problem switch
    {
        _ when IsLost(problem) => Fate.Unknown,
        PostgresException said => IsInTheWay(said) ? Fate.InTheWay : Fate.Refused,
        _ => null,
    };

    /// <summary>The line broke, or stayed silent for too long.</summary>
    public static bool IsLost(Exception problem) => problem is PostgresException said
        ? IsGoing(said)
        : problem is NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Class 40 (the transaction is rolled back for another one's sake).</summary>
    private static bool IsInTheWay(PostgresException problem) => problem.SqlState.StartsWith("40", StringComparison.Ordinal);

    /// <summary>Classes 57P (it shuts down, or has not started up) and 08 (the connection).</summary>
    private static bool IsGoing(PostgresException problem) =>
        problem.SqlState.StartsWith("57P", StringComparison.Ordinal) || problem.SqlState.StartsWith("08", StringComparison.Ordinal);
}
