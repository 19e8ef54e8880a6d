using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>A game's rows, and what they make.</summary>
internal sealed class SimulatedGame
{
    private readonly GameEvent.Started _started;

    public SimulatedGame(long number, GameEvent.Started started, (long Number, UserName Name) first, (long Number, UserName Name) second)
    {
        _started = started;
        var head = new StoredGame.Head(
            number, first.Number, second.Number, started.Game.Value, first.Name.Text, (long)started.First.Colour, second.Name.Text, (long)started.Second.Colour,
            (long?)started.Control?.Initial.TotalSeconds, (long?)started.Control?.Increment.TotalSeconds, (long)Infrastructure.Storage.Stored.Of(started.Terms.Balance), started.Terms.Opening.ToString(), false,
            started.Stakes == Stakes.Rated, EventCodec.Milliseconds(started.At));
        Stored = new StoredGame(head, []);
        Events = Stored.Events();
        Game = Game.Replay(Events);
    }

    public StoredGame Stored { get; private set; }

    public int Version => Stored.Rows.Length + 1;

    public bool IsOver { get; set; }

    /// <summary>When the running clock falls, in milliseconds since 1970.</summary>
    public long? FlagAt { get; set; }

    /// <summary>By a clock that is never set.</summary>
    public DateTimeOffset BeganAt { get; init; }

    /// <summary>When the last of it was stored, by a clock that is never set.</summary>
    public DateTimeOffset StoredAt { get; set; }

    /// <summary>What is read from the rows, as far as they make a game.</summary>
    public Game Game { get; private set; }

    /// <inheritdoc cref="Game"/>
    public ImmutableArray<GameEvent> Events { get; private set; }

    public void Add(GameEvent happened)
    {
        var (kind, value) = EventCodec.Encode(happened);
        var row = new StoredGame.Row(Version + 1, (long)kind, value, EventCodec.Milliseconds(happened.At) - Stored.Start.StartedAt);
        Stored = Stored with { Rows = Stored.Rows.Add(row) };
        if (row.Version == Events.Length + 1) Follow(row);
    }

    public void Swap() => Stored = Stored with
    {
        Start = Stored.Start with { First = Stored.Start.Second, FirstName = Stored.Start.SecondName, Second = Stored.Start.First, SecondName = Stored.Start.FirstName, IsSwapped = true },
    };

    private void Follow(StoredGame.Row row)
    {
        try
        {
            var happened = EventCodec.Decode(row.Kind, row.Value, _started.At.AddMilliseconds(row.At), Game.Moves);
            Game = Game.After(Game, happened);
            Events = Events.Add(happened);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            // What comes after cannot be read either: whoever was told of it will miss it.
        }
    }
}
