namespace ConnectFour.Infrastructure.Storage.Schema;

/// <summary>Somebody who has an account, or has played as a guest. Their games point here, so that a guest who registers keeps them.</summary>
internal sealed class UserRow
{
    public long Number { get; set; }

    /// <summary>The name they go by now; <see cref="DeletedName"/> once the account is deleted.</summary>
    public required string Name { get; set; }

    public StoredKind Kind { get; set; }

    /// <summary>What proves who they are: the digest of a guest's token, or the account. Null once it is deleted.</summary>
    public string? Credential { get; set; }

    public int? Colour { get; set; }
    public bool OpenToMore { get; set; }
    public int Wins { get; set; }
    public int Losses { get; set; }
    public int Draws { get; set; }

    /// <summary>Null before the first rated game, as are the next three.</summary>
    public double? Rating { get; set; }

    public double? Deviation { get; set; }
    public double? Volatility { get; set; }
    public long? RatedAt { get; set; }

    /// <summary>As <see cref="ChallengePolicy"/>: 0 everybody, 1 accounts, 2 nobody.</summary>
    public int Challenges { get; set; }

    /// <summary>A reserved name, so that nobody else can have it.</summary>
    public const string DeletedName = "deleted";
}

/// <summary>As <see cref="UserKind"/>, with numbers that stay.</summary>
internal enum StoredKind
{
    Guest = 0,
    Account = 1,
    Bot = 2,
    Deleted = 3,
}

/// <summary>A game, which is also its first event. Times are milliseconds since 1970, spans seconds.</summary>
internal sealed class GameRow
{
    public long Number { get; set; }
    public required string Id { get; set; }
    public long First { get; set; }
    public long Second { get; set; }
    public int FirstColour { get; set; }
    public int SecondColour { get; set; }
    public int? Initial { get; set; }
    public int? Increment { get; set; }
    public StoredBalance Balance { get; set; }

    /// <summary>The columns of the discs that lay there as the game began; empty for none.</summary>
    public required string Opening { get; set; }

    /// <summary>Whether it was: <see cref="First"/> and <see cref="Second"/> have changed places since the start.</summary>
    public bool Swapped { get; set; }

    public bool Rated { get; set; }
    public long StartedAt { get; set; }

    /// <summary>Null while the game runs; so are the next two.</summary>
    public long? EndedAt { get; set; }

    /// <summary>0, 1, or null for a draw.</summary>
    public int? Winner { get; set; }

    public StoredReason? Reason { get; set; }
    public int Plies { get; set; }

    /// <summary>Whether the events turned out to make no game. It counts for nobody and is kept for whoever wants to find out why.</summary>
    public bool SetAside { get; set; }

    public UserRow? FirstUser { get; set; }
    public UserRow? SecondUser { get; set; }
}

/// <summary>As <see cref="Domain.Balance"/>, with numbers that stay.</summary>
internal enum StoredBalance
{
    None = 0,
    Swap = 1,
    Pair = 2,
    Return = 3,
}

/// <summary>One event after the first: the journal itself. Its key is what decides who was first.</summary>
internal sealed class EventRow
{
    public long Game { get; set; }
    public int Version { get; set; }
    public StoredEvent Kind { get; set; }

    /// <summary>A column, milliseconds, or a reason and a player: see <see cref="EventCodec"/>.</summary>
    public long Value { get; set; }

    /// <summary>Milliseconds since the game started.</summary>
    public long At { get; set; }
}

internal enum StoredEvent
{
    DiscDropped = 0,
    Resumed = 1,
    Ended = 2,
    Swapped = 3,
}

internal enum StoredReason
{
    FourInLine = 1,
    FullBoard = 2,
    Forfeit = 3,
    Flag = 4,
    Absence = 5,
}

/// <summary>What a rated game made of a player's rating. Their order is the order in which the games were rated.</summary>
internal sealed class RatingRow
{
    public long Number { get; set; }
    public long User { get; set; }
    public long Game { get; set; }
    public double Rating { get; set; }
    public double Deviation { get; set; }
    public double Volatility { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; set; }
}

/// <summary>What perfect play says of a finished game.</summary>
internal sealed class ReportRow
{
    public long Game { get; set; }

    /// <summary>As the engine wrote them.</summary>
    public required byte[] Scores { get; set; }
}

/// <summary>Somebody whom a user wants nothing to do with.</summary>
internal sealed class BlockRow
{
    public long User { get; set; }

    /// <summary>What tells the blocked one apart.</summary>
    public required string Credential { get; set; }

    /// <summary>What they were called then.</summary>
    public required string Name { get; set; }
}

/// <summary>One login: somebody's browser. Whoever has its key has the session, so only a digest is kept.</summary>
internal sealed class SessionRow
{
    public required string Digest { get; set; }
    public long Account { get; set; }
    public long ExpiresAt { get; set; }
}
