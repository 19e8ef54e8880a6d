namespace ConnectFour.Infrastructure.Storage;

/// <summary>How the storage is, for whoever operates the server.</summary>
public sealed class StorageHealth
{
    private readonly IJournalHealth _journal;

    internal StorageHealth(IJournalHealth journal) => _journal = journal;

    /// <summary>Where everything is kept, in words for the log.</summary>
    public string Place => _journal.Place;

    /// <summary>Whether something can be stored. While not, moves are answered <c>unavailable</c>.</summary>
    public bool IsAvailable => _journal.IsAvailable;

    /// <summary>Ends with the failure after which nothing is known of the disk any more: the process must end, and another one see what is there.</summary>
    public Task<Exception> Failed => _journal.Failed;
}

internal interface IJournalHealth
{
    /// <summary>Where it keeps everything, in words for the log.</summary>
    string Place { get; }

    /// <summary>Whether what is asked of the journal now can be expected to be stored.</summary>
    bool IsAvailable { get; }

    /// <summary>Ends with the failure after which nothing is known of the disk any more: nothing is written from then on, and the process had better end.</summary>
    Task<Exception> Failed { get; }
}
