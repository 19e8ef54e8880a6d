using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>One journal for several nodes: each publishes what it appended itself, as with a database that they share.</summary>
internal sealed class SharedJournal : IEvents
{
    private readonly InMemoryGameJournal _journal;
    private readonly Lock _lock = new();
    private IEvents? _appending;

    /// <summary>The nodes that the journal hears of; they need not beat to play.</summary>
    public ImmutableArray<Node> Beating { get; set; } = [];

    public SharedJournal() => _journal = new InMemoryGameJournal(this);

    public View For(IEvents node) => new(this, node);

    public void Publish(LobbyEvent happened) => throw new InvalidOperationException("A journal knows nothing of the lobby.");

    public void Publish(Game game, ImmutableArray<GameEvent> events) => _appending!.Publish(game, events);

    public void TakeUp(Game game) => throw new InvalidOperationException("A journal does not know when a process begins.");

    private AppendResult As(IEvents node, Func<InMemoryGameJournal, ValueTask<AppendResult>> append)
    {
        lock (_lock)
        {
            _appending = node;
            return append(_journal).AsTask().Result;
        }
    }

    internal sealed class View(SharedJournal shared, IEvents node) : IGameJournal, ISharedJournal
    {
        public ValueTask<Game?> Find(GameId id) => shared._journal.Find(id);

        public ValueTask<Game?> Recall(GameId id) => Find(id);

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => shared._journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => new(shared.As(node, journal => journal.Start(started, first, second)));

        public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => new(shared.As(node, journal => journal.Append(next, events)));

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => shared._journal.FlagsDue(now);

        public ValueTask<RunningGames> Running() => shared._journal.Running();

        /// <summary>Nothing is remembered here that could be old.</summary>
        public void Learn(GameId id, int version) { }

        public void Learn(Game game) { }

        public async ValueTask<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games)
        {
            var found = await Task.WhenAll(games.Select(game => Find(game).AsTask()));
            return [.. found.OfType<Game>().Select(game => (game.Id, game.Version))];
        }

        public ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes) => new([.. nodes.Intersect(shared.Beating)]);
    }
}
