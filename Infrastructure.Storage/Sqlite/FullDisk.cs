using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>How SQLite says that there is no room: nothing was stored then, and it can be tried again when there is.</summary>
public static class FullDisk
{
    private const int Full = 13;

    /// <summary>The shared memory beside the journal could not grow: there is no room either.</summary>
    private const int SharedMemoryFull = 10 | (19 << 8);

    public static bool IsWhy(Exception problem) => problem is SqliteException { SqliteErrorCode: Full } or SqliteException { SqliteExtendedErrorCode: SharedMemoryFull }
        || (problem.InnerException is { } cause && IsWhy(cause));
}
