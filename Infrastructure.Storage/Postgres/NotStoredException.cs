namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>That something is stored was not confirmed.</summary>
/// <param name="fate">What is known of it.</param>
internal sealed class NotStoredException(Fate fate, Exception cause) : IOException(cause.Message, cause)
{
    public Fate Fate => fate;
}

internal enum Fate
{
    /// <summary>Nothing was said to the database, so nothing is stored, and nothing will be.</summary>
    NotSent,

    /// <summary>The database has said no, and stored nothing.</summary>
    Refused,

    /// <summary>The same, and it may be granted a moment later: it met somebody else's transaction.</summary>
    InTheWay,

    /// <summary>The line broke, or stayed silent for too long: what was said may have arrived.</summary>
    Unknown,
}
