using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application.InMemory;

/// <summary>A journal that lives as long as its process. Of the finished games it keeps the latest.</summary>
/// <param name="finishedKept">How many finished games can still be found.</param>
public sealed class InMemoryGameJournal(IEvents audience, int finishedKept = 1_000) : IGameJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GameId, Entry> _games = [];
    private readonly HashSet<GameId> _running = [];
    private readonly Queue<GameId> _finished = [];

    public ValueTask<Game?> Recall(GameId id) => Find(id);

    public ValueTask<Game?> Find(GameId id)
    {
        lock (_lock) return new(_games.GetValueOrDefault(id)?.Game);
    }

    public ValueTask<ImmutableArray<GameEvent>> Read(GameId id)
    {
        lock (_lock) return new(_games.GetValueOrDefault(id)?.Events ?? []);
    }

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => Append(Game.Start(started), [started]);

    public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        lock (_lock)
        {
            var entry = _games.GetValueOrDefault(next.Id) ?? Entry.None;
            if (entry.Events.Length != next.Version - events.Length) return new(AppendResult.Conflict);

            _games[next.Id] = new Entry(next, entry.Events.AddRange(events));
            Keep(next);
            audience.Publish(next, events);
            return new(AppendResult.Committed);
        }
    }

    public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now)
    {
        lock (_lock) return new([.. _running.Where(id => _games[id].Game!.Clock?.HasFallen(now) == true)]);
    }

    /// <summary>A new process has none.</summary>
    public ValueTask<RunningGames> Running() => new(new RunningGames(null, [], []));

    private void Keep(Game game)
    {
        if (game.Outcome is null)
        {
            _running.Add(game.Id);
            return;
        }

        _running.Remove(game.Id);
        _finished.Enqueue(game.Id);
        if (_finished.Count > finishedKept) _games.Remove(_finished.Dequeue());
    }

    private sealed record Entry(Game? Game, ImmutableArray<GameEvent> Events)
    {
        public static Entry None { get; } = new(null, []);
    }
}
