using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// The journal on PostgreSQL, which many servers write to. The database decides: a move is one statement, and of two at the same version one succeeds, wherever they come from. The running games
/// that this server has seen are remembered, so that a move needs nothing else; what is remembered may be a moment old, which the statement finds out.
/// </summary>
internal sealed partial class PostgresJournal : IGameJournal, ISharedJournal, IJournalHealth, IDisposable
{
    /// <summary>After so long without a question, a game is forgotten: it goes on elsewhere, or is over.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private const int MostFlags = 1_000;

    private readonly IPostgresServer _server;
    private readonly StorageSettings _settings;
    private readonly IEvents _audience;
    private readonly ServerTime _serverTime;
    private readonly JournalMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly PostgresWriter _writer;
    private readonly Heart _heart;
    private readonly ITimer _forgetting;
    private readonly ConcurrentDictionary<GameId, KnownGame> _known = [];
    private readonly ConcurrentDictionary<GameId, string> _impossible = [];
    private int _waiting;

    /// <summary>Begins to beat.</summary>
    public PostgresJournal(IPostgresServer server, StorageSettings settings, Node node, IEvents audience, ServerTime serverTime, JournalMetrics metrics, TimeProvider time, ILogger<PostgresJournal> log)
    {
        (_server, _settings, _audience, _serverTime, _metrics, _time, _log) = (server, settings, audience, serverTime, metrics, time, log);
        _writer = new PostgresWriter(server, settings, metrics, time, log);
        _heart = new Heart(server, node, serverTime, GiveBack, _writer.Heard, time, log);
        _forgetting = time.CreateTimer(_ => Forget(), null, Forgotten, Forgotten);
    }

    public string Place => _server.Place;

    public bool IsAvailable => _heart.IsBeating && !_writer.IsAway;

    /// <summary>Never: what it could not store, the others may still be able to, and what is stored is the database's to know.</summary>
    public Task<Exception> Failed { get; } = new TaskCompletionSource<Exception>().Task;

    public async ValueTask<Game?> Find(GameId id)
    {
        try
        {
            return await Newest(id).WaitAsync(_settings.Patience, _time);
        }
        catch (TimeoutException slow)
        {
            throw new StoreAwayException(slow);
        }
    }

    public async ValueTask<Game?> Recall(GameId id) => _known.TryGetValue(id, out var known) && known is { IsBehind: false, State.Game: var game } ? game : (await Load(id))?.Game;

    public async ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => await _server.Find(id) is { } stored && Sound(stored, () => stored.Events()) is { IsDefault: false } events ? events : [];

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => Ask(new Step(started, first, second, _serverTime.Now));

    public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => Ask(new Step(next, events, _serverTime.Now));

    public async ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now)
    {
        if (_heart.Begun.IsCompleted && !IsAvailable) return []; // What is asked of a database that does not answer would keep the sweep waiting.
        try
        {
            return await _server.FlagsDue(now, MostFlags);
        }
        catch (StoreAwayException)
        {
            return [];
        }
    }

    /// <summary>Waits until this server is one of those who are there; the clocks have their time back by then.</summary>
    public async ValueTask<RunningGames> Running()
    {
        await _heart.Begun;
        var games = (await _server.Running()).Select(stored => Sound(stored, () => RunningGame.Of(stored))).OfType<RunningGame>().ToArray();
        return await RunningGame.All(games, _server.Players, _heart.Left) with { IsLive = true };
    }

    public void Learn(GameId id, int version)
    {
        if (_known.TryGetValue(id, out var known)) known.Learn(version);
    }

    public void Learn(Game game)
    {
        if (_known.TryGetValue(game.Id, out var known)) known.Learn(game);
    }

    public async ValueTask<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games)
    {
        var before = games.Select(id => (id, Remembered(id))).ToArray();
        var stored = await _server.Versions(games);
        foreach (var (game, version) in stored) Learn(game, version);
        var versions = stored.ToDictionary();
        foreach (var (game, remembered) in before) Compare(game, remembered, versions.GetValueOrDefault(game));
        return stored;
    }

    public ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes) => _heart.Beating(nodes);

    public void Dispose()
    {
        _forgetting.Dispose();
        _writer.Dispose(); // Before the heart, which may be waiting for it, however long.
        _heart.Dispose();
    }

    /// <summary>Stores a step, or says after a while that it takes long, and goes on.</summary>
    private async ValueTask<AppendResult> Ask(Step step)
    {
        if (Interlocked.Increment(ref _waiting) > _settings.Queue)
        {
            Interlocked.Decrement(ref _waiting);
            return AppendResult.Overloaded;
        }
        _metrics.Queued();
        var stored = Counted(step);
        try
        {
            return await stored.WaitAsync(_settings.Patience, _time);
        }
        catch (TimeoutException)
        {
            return AppendResult.Pending;
        }
    }

    private async Task<AppendResult> Counted(Step step)
    {
        try
        {
            return await Store(step, _time.GetTimestamp());
        }
        catch (StoreAwayException)
        {
            return AppendResult.Unavailable; // It was not even known at which version the game is.
        }
        catch (Exception problem)
        {
            LogFailed(problem, step.Next.Id.Value); // A programmer's mistake: nobody is told that it is stored, and nobody that it is not.
            return AppendResult.Pending;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            _metrics.Taken(1);
        }
    }

    /// <summary>
    /// Stores a step when whatever this server wanted of the game before is settled: the same asked again must not be refused while the first may still be stored.
    /// </summary>
    /// <param name="asked">A timestamp of when somebody asked for it; null for what this server gives back by itself, which waits for the database, however long.</param>
    private async Task<AppendResult> Store(Step step, long? asked = null)
    {
        var known = await Turn(step.Next.Id);
        try
        {
            if (step.Players is null && known.IsBehind) await Load(step.Next.Id);
            var state = known.State;
            if ((state?.Game.Version ?? 0) != step.Expected) return AppendResult.Conflict;

            var (result, after, lost) = await _writer.Store(step, state, isPatient: asked is null);
            if (result == AppendResult.Conflict && !await IsOvertaken(step, known)) return AppendResult.Unavailable;
            if (result == AppendResult.Committed)
            {
                var stored = step.As(after!);
                var givenBack = asked is { } since && IsCostly(step, stored, lost, since) ? await GiveBack(stored, after!) : [];
                known.Publish(stored, after!, Publish);
                foreach (var (resumed, game) in givenBack) known.Publish(resumed, game, Publish);
            }
            return result;
        }
        finally
        {
            if (known.State is not { Game.Outcome: null }) _known.TryRemove(new(step.Next.Id, known));
            known.Turn.Release();
        }
    }

    /// <summary>
    /// Whether the database refused the step because the game is at another version, as it should: where the number of its events says otherwise, no other try would be better off. A flag it refuses as well that
    /// fell in time that was nobody's.
    /// </summary>
    private async Task<bool> IsOvertaken(Step step, KnownGame known)
    {
        if (await _server.Find(step.Next.Id) is { } stored && stored.Version == step.Expected)
        {
            if (step.Next.Outcome is not Outcome.Flag) LogImpossible(step.Next.Id, "it is said to be at another version than its events are");
            return false;
        }
        known.Overtaken(step.Expected);
        return true;
    }

    /// <summary>The game, when it is nobody else's turn to store something of it.</summary>
    private async Task<KnownGame> Turn(GameId id)
    {
        while (true)
        {
            var known = Known(id);
            await known.Turn.WaitAsync();
            if (_known.GetValueOrDefault(id) == known) return known;
            known.Turn.Release(); // It was forgotten meanwhile, and whoever comes now has another one.
        }
    }

    private KnownGame Known(GameId id) => _known.GetOrAdd(id, _ => new KnownGame(_time));

    /// <summary>Forgets a game, unless something of it is being stored: that turn is what the next one has to wait for.</summary>
    private void Forget(GameId id)
    {
        if (!_known.TryGetValue(id, out var known) || !known.Turn.Wait(0)) return;
        _known.TryRemove(new(id, known));
        known.Turn.Release();
    }

    private void Publish(Game game, ImmutableArray<GameEvent> events)
    {
        try
        {
            _audience.Publish(game, events);
        }
        catch (Exception problem)
        {
            LogNotPublished(problem, game.Id.Value); // It is stored all the same; who has not heard of it finds out with the next ping.
        }
    }

    private async Task<Game?> Newest(GameId id)
    {
        if (_known.TryGetValue(id, out var known) && !known.IsBehind) await Versions([id]);
        return await Recall(id);
    }

    /// <summary>Reads the game as it is now, and remembers it while it runs.</summary>
    private async Task<RunningGame?> Load(GameId id)
    {
        var before = Known(id).Newest; // It is known from here on, so that nothing is lost that is learnt of it meanwhile.
        var found = await _server.Find(id);
        Compare(id, before, found?.Version ?? 0);
        if (found is not { } stored || Sound(stored, () => RunningGame.Of(stored)) is not { } game)
        {
            Forget(id);
            return null;
        }
        if (game.Game.Outcome is null) Known(id).Renew(game);
        else Forget(id);
        return game;
    }

    /// <summary>At which version the game is, as far as is known here; 0 if nothing is.</summary>
    private int Remembered(GameId id) => _known.GetValueOrDefault(id)?.Newest ?? 0;

    /// <summary>The database has given away what it had: it is another one since, a replica that lagged or a copy. What this server remembers of the game never was.</summary>
    /// <param name="remembered">The version that was known before the database was asked.</param>
    private void Compare(GameId id, int remembered, int stored)
    {
        if (stored >= remembered || !_known.TryGetValue(id, out var known)) return;
        known.SetBack();
        LogSetBack(id.Value, remembered, stored);
    }

    /// <summary>What the rows make, or nothing: such a game is left as it is, because a newer server may know what it is, and <c>check</c> tells of it.</summary>
    private T? Sound<T>(StoredGame stored, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException problem)
        {
            LogImpossible(new GameId(stored.Start.Id), problem.Message);
            return default;
        }
    }

    private void LogImpossible(GameId id, string problem)
    {
        if (_impossible.TryAdd(id, problem)) LogMakesNoGame(id.Value, problem);
    }

    private void Forget()
    {
        foreach (var (id, known) in _known)
            if (known.Age > Forgotten) Forget(id);
    }
}
