using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ConnectFour.Domain;

/// <summary>A game as one short text that people can keep, send and paste: docs/game-record.md. Says all that there is to say of a game, whatever server it was played on.</summary>
public sealed partial record GameRecord
{
    private GameRecord() { }

    /// <summary>The server's id of the game, or null for one that has none.</summary>
    public GameId? Game { get; private init; }

    /// <summary>Player 1; <see cref="UserName.Deleted"/> if the account is no more.</summary>
    public required Seat First { get; init; }

    /// <summary>Player 2.</summary>
    public required Seat Second { get; init; }

    /// <summary>The clocks agreed upon, or null for a game without.</summary>
    public TimeControl? Control { get; private init; }

    /// <summary>Whether the first disc was taken over: player 1 is who took it, and player 2 who dropped it.</summary>
    public bool IsSwapped { get; private init; }

    public Stakes Stakes { get; private init; }

    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>Null while the game runs.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>The discs that lay there as the game began; usually none.</summary>
    public Notation Opening { get; private init; }

    /// <summary>All discs in order, those of the opening too.</summary>
    public Notation Moves { get; private init; }

    /// <summary>What was left to the mover after each move that was played, increment included; empty without clocks.</summary>
    public ImmutableArray<TimeSpan> Remaining { get; private init; } = [];

    /// <summary>Null while the game runs.</summary>
    public Outcome? Outcome { get; private init; }

    /// <summary>SHA-256 of the text without its own line, in 64 hexadecimal digits. Tells whether two records are the same and whether one is whole; it is no signature.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text(hash: null))));

    /// <summary>The record of a game that these events make.</summary>
    /// <exception cref="ArgumentException">They make none; see <see cref="Domain.Game.Replay"/>.</exception>
    public static GameRecord From(IEnumerable<GameEvent> events)
    {
        Game? game = null;
        var remaining = ImmutableArray.CreateBuilder<TimeSpan>();
        DateTimeOffset startedAt = default;
        DateTimeOffset? endedAt = null;
        foreach (var happened in events)
        {
            game = Domain.Game.After(game, happened);
            if (happened is GameEvent.Started) startedAt = happened.At;
            if (happened is GameEvent.Ended) endedAt = happened.At;
            if (happened is GameEvent.DiscDropped drop && game.Clock is { } clock) remaining.Add(clock.Remaining(drop.By, drop.At));
        }
        return game is null ? throw new ArgumentException("A game has at least one event.", nameof(events)) : new GameRecord
        {
            Game = game.Id,
            First = game.First,
            Second = game.Second,
            Control = game.Control,
            IsSwapped = game.IsSwapped,
            Stakes = game.Stakes,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Opening = game.Opening,
            Moves = game.Moves,
            Remaining = remaining.ToImmutable(),
            Outcome = game.Outcome,
        };
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text(Hash);

    // Arrays compare by reference, and a record is its text.
    public bool Equals(GameRecord? other) => ToString() == other?.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
