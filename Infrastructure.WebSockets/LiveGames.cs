using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>The games that run, as they are told of: what there is to look at.</summary>
internal sealed class LiveGames
{
    private readonly ConcurrentDictionary<GameId, Game> _games = [];

    /// <summary>In which order they came to be known.</summary>
    private readonly ConcurrentDictionary<GameId, long> _order = [];
    private long _last;

    public int Count => _games.Count;

    public Game? Find(GameId id) => _games.GetValueOrDefault(id);

    /// <summary>Takes over the game as it is now. Each game's events are told of in order.</summary>
    public void Follow(Game game)
    {
        if (game.Outcome is null)
        {
            _order.TryAdd(game.Id, Interlocked.Increment(ref _last));
            _games[game.Id] = game;
        }
        else
        {
            _games.TryRemove(game.Id, out _);
            _order.TryRemove(game.Id, out _);
        }
    }

    /// <summary>The newest games that are not among these, the newest first.</summary>
    public ImmutableArray<Game> Newest(int most, IReadOnlySet<GameId> besides) => most == 0 ? [] : [.. _order
        .Where(game => !besides.Contains(game.Key))
        .OrderByDescending(game => game.Value)
        .Take(most)
        .Select(game => Find(game.Key))
        .OfType<Game>()];
}
