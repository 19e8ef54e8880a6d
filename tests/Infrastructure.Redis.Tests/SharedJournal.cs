using System.Collections.Immutable;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>One journal for several nodes: each publishes what it appended itself, as with a database that they share.</summary>
internal sealed class SharedJournal : IEvents
{
    private readonly InMemoryGameJournal _journal;
    private readonly Lock _lock = new();
    private IEvents? _appending;

    public SharedJournal() => _journal = new InMemoryGameJournal(this);

    public IGameJournal For(IEvents node) => new View(this, node);

    public void Publish(LobbyEvent happened) => throw new InvalidOperationException("A journal knows nothing of the lobby.");

    public void Publish(Game game, ImmutableArray<GameEvent> events) => _appending!.Publish(game, events);

    private AppendResult As(IEvents node, Func<InMemoryGameJournal, ValueTask<AppendResult>> append)
    {
        lock (_lock)
        {
            _appending = node;
            return append(_journal).AsTask().Result;
        }
    }

    private sealed class View(SharedJournal shared, IEvents node) : IGameJournal
    {
        public ValueTask<Game?> Find(GameId id) => shared._journal.Find(id);

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => shared._journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => new(shared.As(node, journal => journal.Start(started, first, second)));

        public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => new(shared.As(node, journal => journal.Append(next, events)));

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => shared._journal.FlagsDue(now);

        public ValueTask<RunningGames> Running() => shared._journal.Running();
    }
}
