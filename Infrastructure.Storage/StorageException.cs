namespace ConnectFour.Infrastructure.Storage;

/// <summary>Why the server cannot start on this data; the message is one line for whoever started it.</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether it may be over by itself, as a full disk is when there is room again: then it is worth a try to start once more.</summary>
    public bool MayPass { get; init; }
}
