using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>
/// The journal on SQLite. Appends wait in a bounded queue; one thread takes whatever waits, commits it as one transaction, and only then tells the world and whoever asked.
/// Running games are kept in memory as they were last committed.
/// </summary>
internal sealed partial class SqliteJournal : IGameJournal, IJournalHealth, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly DataDirectory _directory;
    private readonly JournalWriter _writer;
    private readonly ConcurrentDictionary<GameId, RunningGame> _running = [];

    /// <summary>The games with a running clock that a former process left, as long as nothing has happened in them.</summary>
    private readonly List<Game> _found = [];

    private readonly JournalQueue _queue;
    private readonly Thread _thread;
    private readonly ITimer _beat;

    /// <summary>Finds the running games, and begins to write.</summary>
    public SqliteJournal(SqliteDatabase database, DataDirectory directory, StorageSettings settings, IEvents audience, ServerTime serverTime, JournalMetrics metrics, TimeProvider time, ILogger<SqliteJournal> log)
    {
        (_database, _directory, _log) = (database, directory, log);
        var tables = new JournalTables(_database.Connect());
        foreach (var game in tables.Running()) Take(tables, game);
        _found.AddRange(_running.Values.Select(running => running.Game).Where(game => game.Clock is not null));
        _writer = new JournalWriter(tables, _running, audience, serverTime, metrics, time, log);
        _queue = new JournalQueue(settings, metrics, time);
        _thread = new Thread(Write) { IsBackground = true, Name = "journal" };
        _thread.Start();
        _beat = time.CreateTimer(_ => Beat(serverTime), null, TimeSpan.Zero, ServerTime.Beat);
    }

    public string Place => _directory.Path;

    public bool IsAvailable => _writer.IsAvailable;

    public Task<Exception> Failed => _writer.Failed;

    public ValueTask<Game?> Recall(GameId id) => Find(id);

    public async ValueTask<Game?> Find(GameId id)
    {
        if (_running.TryGetValue(id, out var running)) return running.Game;
        return await Stored(id, stored => stored.Game());
    }

    public async ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => await Stored(id, stored => stored.Events().ToArray()) is { } events ? [.. events] : [];

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) =>
        Store(new Append(Game.Start(started), [started], (first, second)));

    public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => Store(new Append(next, events, null));

    public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => new(
        IsAvailable ? [.. _running.Values.Where(running => running.Game.Clock?.HasFallen(now) == true).Select(running => running.Game.Id)] : []);

    public ValueTask<RunningGames> Running() =>
        ((IDatabase)_database).Read(connection => RunningGame.All([.. _running.Values.OrderBy(running => running.Number)], isWanted => Profiles.Playing(connection, isWanted), _directory.Left));

    public void Dispose()
    {
        _beat.DisposeAsync().AsTask().GetAwaiter().GetResult(); // Not before the last beat is over: it writes to the directory.
        _queue.Close();
        _thread.Join();
        _queue.Dispose();
        _writer.Dispose();
    }

    private ValueTask<T?> Stored<T>(GameId id, Func<StoredGame, T> read) where T : class => _database.Read(connection =>
    {
        try
        {
            return SqliteGames.Find(connection, id) is { } stored ? read(stored) : null;
        }
        catch (ArgumentException problem)
        {
            LogMakesNoGame(id.Value, problem.Message);
            return null;
        }
    });

    private ValueTask<AppendResult> Store(Append append) =>
        _queue.TryAdd(append) ? new(append.Result) : new(Failed.IsCompleted ? AppendResult.Unavailable : AppendResult.Overloaded);

    private void Take(JournalTables tables, StoredGame stored)
    {
        try
        {
            var running = RunningGame.Of(stored);
            if (running.Game.Outcome is not null) throw new ArgumentException("It has ended, and is said to run.");
            _running[running.Game.Id] = running;
        }
        catch (ArgumentException problem)
        {
            LogSetAside(_log, stored.Start.Id, problem.Message);
            tables.SetAside(stored.Start.Number);
        }
    }

    private void Beat(ServerTime serverTime)
    {
        // Until the clocks that ran have got their time back, the server is still away: if it went now, the next one would have to give back all of it.
        _found.RemoveAll(game => _running.GetValueOrDefault(game.Id)?.Game.Version != game.Version);
        if (IsAvailable && _found.Count == 0) _directory.Beat(serverTime.Now);
        if (!IsAvailable) _queue.TryAdd(Sqlite.Append.Nothing);
    }

    private void Write()
    {
        while (_queue.Take() is [_, ..] group)
        {
            if (_writer.Write(group)) continue;
            _queue.Refuse();
            return;
        }
    }
}

/// <summary>Something to be stored, and whoever waits for it.</summary>
/// <param name="players">Who plays, if it is a start; otherwise null.</param>
internal sealed class Append(Game? next, ImmutableArray<GameEvent> events, (User First, User Second)? players)
{
    private readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Only to see whether something can be written.</summary>
    public static Append Nothing => new(null, [], null);

    public Game? Next => next;

    public ImmutableArray<GameEvent> Events => events;

    public (User First, User Second)? Players => players;

    public Task<AppendResult> Result => _answer.Task;

    /// <summary>The timestamp of when it came.</summary>
    public long Since { get; set; }

    public void Answer(AppendResult result) => _answer.TrySetResult(result);
}
