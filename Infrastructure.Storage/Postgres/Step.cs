using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>What is to be appended to a game in one step.</summary>
/// <param name="Next">The game after it.</param>
/// <param name="Asked">Since when it waits, by the database's clock as far as it is known. What has waited for longer than a <see cref="Heart.Outage"/> has cost time that is nobody's.</param>
/// <param name="Players">Who plays, if it is a start; otherwise null.</param>
internal sealed record Step(Game Next, ImmutableArray<GameEvent> Events, DateTimeOffset Asked, (User First, User Second)? Players = null)
{
    /// <summary>A game that is to begin, when it is stored if that takes long.</summary>
    public Step(GameEvent.Started started, User first, User second, DateTimeOffset asked)
        : this(Game.Start(started), [started], asked, (first, second))
    {
    }

    /// <summary>The version that the game has to be at, 0 for a game that begins.</summary>
    public int Expected => Next.Version - Events.Length;

    /// <summary>Whether a game that is stored has been through this step.</summary>
    public bool IsIn(StoredGame stored) => stored.Version >= Next.Version
        && Events.Index().All(happened => happened.Item is GameEvent.Started started ? stored.Events()[0] == At(started, stored.Start.StartedAt) : stored.Rows[Expected - 1 + happened.Index] == Row(happened, stored));

    /// <summary>The step as it was stored: a game that has waited for that began later than it was to.</summary>
    public Step As(RunningGame stored) => Players is var (first, second) ? new(At((GameEvent.Started)Events[0], stored.StartedAt), first, second, Asked) : this;

    /// <param name="milliseconds">Since 1970.</param>
    private static GameEvent.Started At(GameEvent.Started started, long milliseconds) => started with { At = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) };

    private StoredGame.Row Row((int Index, GameEvent Happened) placed, StoredGame stored)
    {
        var (kind, value) = EventCodec.Encode(placed.Happened);
        return new(Expected + 1 + placed.Index, (long)kind, value, EventCodec.Milliseconds(placed.Happened.At) - stored.Start.StartedAt);
    }
}
