using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>What is to be appended to a game in one step.</summary>
/// <param name="Next">The game after it.</param>
/// <param name="Players">Who plays, if it is a start; otherwise null.</param>
internal sealed record Step(Game Next, ImmutableArray<GameEvent> Events, (User First, User Second)? Players)
{
    /// <summary>The version that the game has to be at, 0 for a game that begins.</summary>
    public int Expected => Next.Version - Events.Length;

    /// <summary>Whether a game that is stored has been through this step.</summary>
    public bool IsIn(StoredGame stored) =>
        stored.Version >= Next.Version && Events.Index().All(happened => happened.Item is GameEvent.Started ? stored.Events()[0] == happened.Item : stored.Rows[Expected - 1 + happened.Index] == Row(happened, stored));

    private StoredGame.Row Row((int Index, GameEvent Happened) placed, StoredGame stored)
    {
        var (kind, value) = EventCodec.Encode(placed.Happened);
        return new(Expected + 1 + placed.Index, (long)kind, value, EventCodec.Milliseconds(placed.Happened.At) - stored.Start.StartedAt);
    }
}
