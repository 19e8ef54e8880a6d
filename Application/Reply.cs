using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>What a use case answers to whoever asked. One of the cases nested here, and no other.</summary>
public abstract record Reply
{
    private Reply() { }

    /// <summary>Applied and, where a game is concerned, durable.</summary>
    public sealed record Done : Reply;

    /// <summary>The rules say no; nothing changed.</summary>
    public sealed record Refused(Refusal Why) : Reply;

    /// <summary>The rules say yes, and it did not (yet) happen: the journal says why.</summary>
    public sealed record NotStored(AppendResult Why) : Reply;

    /// <summary>The input was not even a question; no handler has seen it.</summary>
    public sealed record Malformed(Malformation What) : Reply;

    /// <summary>The connection belongs to the user now.</summary>
    /// <param name="Token">What a later connection shows to be the same user; null for an account, whose session does that.</param>
    /// <param name="Games">The user's running games.</param>
    public sealed record Welcome(User User, ResumeToken? Token, ImmutableArray<Game> Games) : Reply;

    /// <param name="Version">The game's version right after the move.</param>
    /// <param name="Repeated">Whether the move had been made before: nothing was applied again.</param>
    public sealed record Moved(GameId Game, int Version, bool Repeated) : Reply;

    /// <summary>The move was meant for another position: here is the real one.</summary>
    public sealed record Stale(Game Game) : Reply;

    public sealed record Watching(Game Game) : Reply;

    public sealed record Found(ImmutableArray<User> Users) : Reply;

    /// <param name="Behind">The games of which the asker has an older version.</param>
    /// <param name="SetBack">The games of which the asker has a newer version than there is: the journal has lost what came after.</param>
    /// <param name="Unknown">The ids that name no game (any more).</param>
    public sealed record Pong(ImmutableArray<Game> Behind, ImmutableArray<Game> SetBack, ImmutableArray<GameId> Unknown) : Reply;

    /// <summary>A refusal as it stands, anything accepted as <see cref="Done"/>.</summary>
    public static Reply From<TState, TEvent>(Decision<TState, TEvent> decision) =>
        decision is Decision<TState, TEvent>.Refused refused ? new Refused(refused.Why) : new Done();

    public static Reply From(Attempt attempt) =>
        attempt.Result == AppendResult.Committed ? From(attempt.Decision) : new NotStored(attempt.Result);
}

/// <summary>What was wrong with the form of the input.</summary>
public enum Malformation
{
    BadMessage,
    BadName,
    BadToken,
    BadClock,
    BadColumn,
}
