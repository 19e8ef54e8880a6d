namespace ConnectFour.Infrastructure.Storage;

/// <summary>How the storage is, for whoever operates the server.</summary>
public sealed class StorageHealth
{
    private readonly SqliteJournal _journal;

    internal StorageHealth(SqliteJournal journal) => _journal = journal;

    /// <summary>Whether something can be stored. While not, moves are answered <c>unavailable</c>, and everything can be read.</summary>
    public bool IsAvailable => _journal.IsAvailable;

    /// <summary>Ends with the failure after which nothing is known of the disk any more: the process must end, and another one see what is there.</summary>
    public Task<Exception> Failed => _journal.Failed;
}
