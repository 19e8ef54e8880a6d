namespace ConnectFour.Infrastructure.Storage;

/// <summary>Why the server cannot start on this data; the message is one line for whoever started it.</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause);
