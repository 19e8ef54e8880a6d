using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>A move as a client asks for it; asked for again, it is the same move.</summary>
/// <param name="Ply">How many discs the client saw on the board.</param>
public sealed record Move(GameId Game, int Ply, Column Column)
{
    public override string ToString() => $"column {Column} at ply {Ply} of game {Game}";
}

/// <summary>One thing that a client did or saw, or that was done to the server. One of the cases nested here, and no other.</summary>
public abstract record Observation
{
    private Observation(DateTimeOffset at) => At = at;

    /// <summary>The time of the machine that everything runs on.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The client was welcomed on a line; there may be others.</summary>
    public sealed record Connected(UserName Client, string Epoch, DateTimeOffset At) : Observation(At);

    /// <summary>One of the client's lines on which they were welcomed has ended.</summary>
    /// <param name="OnPurpose">The client closed it, and was not cut.</param>
    public sealed record Cut(UserName Client, bool OnPurpose, DateTimeOffset At) : Observation(At);

    /// <summary>The client is about to ask for the move; the answer is one of the next three. Without any, the move's fate is unknown as well.</summary>
    public sealed record Invoked(UserName Client, Move Move, DateTimeOffset At) : Observation(At);

    /// <param name="Dup">The server says that it had the move already.</param>
    public sealed record Ok(UserName Client, Move Move, int Version, bool Dup, DateTimeOffset At) : Observation(At);

    public sealed record Refused(UserName Client, Move Move, string Code, DateTimeOffset At) : Observation(At);

    /// <summary>The line was cut before the answer, or the answer was that there is none yet.</summary>
    public sealed record Unknown(UserName Client, Move Move, DateTimeOffset At) : Observation(At);

    /// <summary>The client is about to give a game up; whether or not there is an answer.</summary>
    public sealed record Quit(UserName Client, GameId Game, DateTimeOffset At) : Observation(At);

    /// <summary>The client heard of a game for the first time.</summary>
    public sealed record GameStarted(UserName Client, GameId Game, DateTimeOffset At) : Observation(At);

    /// <summary>The client's view of a game changed.</summary>
    /// <param name="Epoch">The server's start that the change came from. Versions belong to the game, whatever the epoch.</param>
    /// <param name="Moves">The columns that the client shows from now on, in order.</param>
    public sealed record Applied(UserName Client, GameId Game, int Version, string Epoch, string Moves, DateTimeOffset At) : Observation(At);

    /// <summary>The client saw a game end.</summary>
    /// <param name="Reason">As on the wire: four, full, forfeit, flag, absence.</param>
    public sealed record GameOver(UserName Client, GameId Game, int Version, Player? Winner, string Reason, DateTimeOffset At) : Observation(At);

    /// <summary>The server was away.</summary>
    /// <param name="At">When the process that was killed had gone: what the journal has of an earlier time is from before, and the rest from after.</param>
    /// <param name="ReadyAt">When the next one answered.</param>
    public sealed record Outage(DateTimeOffset At, DateTimeOffset ReadyAt) : Observation(At)
    {
        public TimeSpan Length => ReadyAt - At;
    }
}
