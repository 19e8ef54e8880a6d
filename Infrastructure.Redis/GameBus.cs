using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Redis.Wire;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// Tells every node's audience what happens in games: each version once, in order, whoever committed it. This node's own people hear of this node's commits at once, whether or not Redis is there;
/// what is missing in between is read from the journal.
/// </summary>
internal sealed class GameBus(Audiences audiences, RedisLobby lobby, Func<IGameJournal> journal, Func<ISharedJournal> shared, RedisLink link, Node node, BusMetrics metrics, TimeProvider time, ILogger<GameBus> log) : IEvents
{
    /// <summary>How long a game is remembered after its end, so that what comes twice is not told again.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>How long a game may be about to be stored. If it is stored after all, its players get their seats again.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(15);

    /// <summary>A game that nobody here plays or watches is looked for in the journal when nothing was heard of it for so long: its end may have been missed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<GameId, FollowedGame> _games = [];

    /// <summary>Games with seats that the journal does not have, and since when: a timestamp.</summary>
    private readonly ConcurrentDictionary<GameId, long> _missing = [];

    /// <summary>How many games are remembered.</summary>
    public int Followed => _games.Count;

    /// <summary>The games that run, as far as was heard here.</summary>
    public IEnumerable<Game> Running => _games.Values.Select(followed => followed.Game).OfType<Game>().Where(game => game.Outcome is null);

    /// <summary>Whether the game's end was told here, or the journal has not had it for so long that it was never stored.</summary>
    public bool IsOver(GameId game) =>
        _games.GetValueOrDefault(game)?.Game?.Outcome is not null || _missing.TryGetValue(game, out var since) && time.GetElapsedTime(since) > Beginning;

    /// <summary>Hears from now on what other nodes commit.</summary>
    public Task Begin() => link.Hear(Keys.GamesChannel, Take);

    public void TakeUp(Game game)
    {
        var followed = Follow(game.Id);
        lock (followed.Lock)
            if (followed.Version == 0) Tell(followed, game, () => audiences.TakeUp(game)); // Otherwise more has been heard of it by now.
    }

    public void Publish(LobbyEvent happened) => _ = Announce(happened);

    public void Publish(Game game, ImmutableArray<GameEvent> events)
    {
        var followed = Follow(game.Id);
        lock (followed.Lock)
        {
            var before = game.Version - events.Length;
            if (followed.Version == before || followed is { Version: 0, IsFilling: false }) Tell(followed, game, () => audiences.Publish(game, events));
            else if (followed.Version < before) Fill(game.Id, followed, game.Version);
        }
        link.Tell(Keys.GamesChannel, GameCodec.Encode(node.Prefix, game, events)); // If Redis is away, nodes look in the journal by themselves.
    }

    /// <summary>Looks in the journal for games of which this node may have missed something, and forgets what is over.</summary>
    /// <param name="games">Those that people of this node play or watch.</param>
    public Task Poll(IReadOnlySet<GameId> games)
    {
        Forget(games);
        return Look(games.Union(_games.Where(game => IsSilent(game.Value)).Select(game => game.Key)).ToHashSet());
    }

    /// <summary>Looks in the journal whether these games have gone on, or ended, without anybody here having heard of it.</summary>
    /// <exception cref="StoreAwayException">It cannot be asked.</exception>
    public async Task Look(IReadOnlySet<GameId> games)
    {
        if (games.Count == 0) return;

        var told = games.OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => (id, _games.GetValueOrDefault(id)?.Version ?? 0)).ToArray();
        var versions = (await Versions(games)).ToDictionary(stored => stored.Game, stored => (int?)stored.Version);
        foreach (var (id, version) in told)
        {
            if (versions.GetValueOrDefault(id) < version) await SetBack(id);
            else Compare(id, versions.GetValueOrDefault(id));
        }
    }

    /// <summary>Shows a game to those of its players who are here, at the version that it has now: they may not know that they have a seat.</summary>
    /// <exception cref="StoreAwayException">It cannot be looked for.</exception>
    public async Task Show(GameId id)
    {
        await Look(new HashSet<GameId> { id }); // What is remembered is no older from here on.
        if (await journal().Recall(id) is { Outcome: null } game) audiences.Publish(new LobbyEvent.Reseated(id, game.Version, await lobby.Find(game.First.Name), await lobby.Find(game.Second.Name)));
    }

    private async Task<ImmutableArray<(GameId Game, int Version)>> Versions(IReadOnlySet<GameId> games)
    {
        try
        {
            return await shared().Versions([.. games]);
        }
        catch (StoreAwayException)
        {
            _missing.Clear(); // Nothing can be stored for as long as that.
            throw;
        }
    }

    private void Forget(IReadOnlySet<GameId> but)
    {
        foreach (var (id, followed) in _games)
            if (!but.Contains(id) && time.GetElapsedTime(followed.HeardAt) > Memory && (followed.Game is not { Outcome: null } || _missing.ContainsKey(id))) _games.TryRemove(KeyValuePair.Create(id, followed));
        foreach (var id in _missing.Keys)
            if (!but.Contains(id) && !_games.ContainsKey(id)) _missing.TryRemove(id, out long _);
    }

    private bool IsSilent(FollowedGame followed) => followed.Game is { Outcome: null } && time.GetElapsedTime(followed.HeardAt) > Silence;

    private FollowedGame Follow(GameId id) => _games.GetOrAdd(id, _ => new() { HeardAt = time.GetTimestamp() });

    /// <param name="stored">The version that the journal has; null for none.</param>
    private void Compare(GameId id, int? stored)
    {
        if (stored is not { } version)
        {
            _missing.TryAdd(id, time.GetTimestamp());
            return;
        }
        _missing.TryRemove(id, out long _);
        var followed = Follow(id);
        lock (followed.Lock)
        {
            followed.HeardAt = time.GetTimestamp();
            if (followed.Version >= version) return;

            metrics.Resynced("poll");
            Fill(id, followed, version);
        }
    }

    /// <summary>The journal has less than was told here: it was put back, and everybody here with it.</summary>
    private async Task SetBack(GameId id)
    {
        var events = await journal().Read(id);
        if (events.IsEmpty) return;

        var (game, followed) = (Game.Replay(events), Follow(id));
        metrics.Resynced("set_back");
        lock (followed.Lock)
        {
            (followed.Game, followed.Newest) = (game, game.Version);
            audiences.PublishSetBack(game);
        }
    }

    private async Task Announce(LobbyEvent happened)
    {
        try
        {
            await lobby.Announce(happened);
        }
        catch (LobbyAwayException)
        {
            audiences.Publish(happened); // At least here.
        }
        catch (Exception problem)
        {
            Log.NotTold(log, problem);
        }
    }

    /// <summary>Takes what another node tells, in whatever order it comes.</summary>
    public void Take(string json)
    {
        try
        {
            var message = GameCodec.Decode(json);
            if (message.Node == node.Prefix) return;
            var (id, before) = (new GameId(message.Game), message.Version - message.Events.Length);
            var followed = Follow(id);
            lock (followed.Lock)
            {
                if (message.Version <= followed.Version) return;
                if (followed.Version == before) Take(message, followed);
                else Fill(id, followed, message.Version);
            }
        }
        catch (Exception problem)
        {
            NotTold(problem); // Of a newer kind, perhaps.
        }
    }

    private void Take(WireGame message, FollowedGame followed)
    {
        var game = followed.Game;
        var events = ImmutableArray.CreateBuilder<GameEvent>();
        foreach (var wire in message.Events)
        {
            events.Add(GameCodec.Event(message.Game, game, wire));
            game = Game.After(game, events[^1]);
        }
        TellFromElsewhere(followed, game!, events.ToImmutable());
    }

    private void TellFromElsewhere(FollowedGame followed, Game game, ImmutableArray<GameEvent> events)
    {
        shared().Learn(game); // Before anybody answers what they are told.
        Tell(followed, game, () => audiences.PublishFromElsewhere(game, events));
    }

    private void Tell(FollowedGame followed, Game game, Action tell)
    {
        (followed.Game, followed.HeardAt) = (game, time.GetTimestamp());
        tell();
    }

    /// <summary>Reads what was missed, and tells it: of a game that is new here everything, since its beginning may be what was missed. With the game's lock held.</summary>
    /// <param name="to">The version that was heard of.</param>
    private void Fill(GameId id, FollowedGame followed, int to)
    {
        shared().Learn(id, to);
        followed.Newest = Math.Max(followed.Newest, to);
        if (followed.IsFilling) return;

        followed.IsFilling = true;
        metrics.Missed();
        _ = FillAll(id, followed);
    }

    /// <summary>Reads again only if something newer was heard of meanwhile than what was read.</summary>
    private async Task FillAll(GameId id, FollowedGame followed)
    {
        await Task.Yield(); // Whoever noticed holds locks.
        try
        {
            while (true)
            {
                var newest = followed.Newest;
                var events = await journal().Read(id);
                lock (followed.Lock)
                {
                    TellMissed(followed, events);
                    if (followed.Newest > Math.Max(followed.Version, newest)) continue;

                    followed.IsFilling = false;
                    return;
                }
            }
        }
        catch (Exception problem)
        {
            NotTold(problem);
            lock (followed.Lock) followed.IsFilling = false;
        }
    }

    private void TellMissed(FollowedGame followed, ImmutableArray<GameEvent> events)
    {
        Game? game = null;
        foreach (var happened in events)
        {
            var next = game = Game.After(game, happened);
            if (next.Version > followed.Version) TellFromElsewhere(followed, next, [happened]);
        }
    }

    /// <summary>The next look into the journal finds it; if the node ends, there is none, and nobody to be told.</summary>
    private void NotTold(Exception problem)
    {
        if (!link.IsDeaf) Log.NotTold(log, problem);
    }
}
