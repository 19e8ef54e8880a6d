using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>
/// Commits groups of appends, on the journal's own thread. After a commit the running games are as committed, then the world is told, then whoever asked.
/// While the disk is full nothing is stored; when there is room again, the clocks get back the time in which nobody could move.
/// </summary>
internal sealed partial class JournalWriter(
    JournalTables tables, ConcurrentDictionary<GameId, RunningGame> running, IEvents audience, ServerTime serverTime, JournalMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    private const int Busy = 5;

    /// <summary>What the transaction has changed so far, and what happened in it.</summary>
    private readonly Dictionary<GameId, RunningGame> _uncommitted = [];
    private readonly List<(RunningGame After, ImmutableArray<GameEvent> Events)> _steps = [];

    private readonly ILogger _log = log;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _fullSince;
    private volatile bool _isAvailable = true;

    public bool IsAvailable => _isAvailable;

    /// <summary>Ends when nothing is known of the disk any more.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Stores a group and answers each. False when nothing must be written any more.</summary>
    public bool Write(IReadOnlyList<Append> group)
    {
        try
        {
            if (_fullSince is { } since) Resume(since);
            var results = new AppendResult[group.Count];
            CommitUnlessOvertaken(() =>
            {
                for (var i = 0; i < results.Length; i++) results[i] = Store(group[i]) ? AppendResult.Committed : AppendResult.Conflict;
            });
            for (var i = 0; i < results.Length; i++) group[i].Answer(results[i]);
            return true;
        }
        catch (SqliteException problem) when (FullDisk.IsWhy(problem))
        {
            tables.Rollback();
            if (_fullSince is null) LogFull(problem);
            _fullSince ??= serverTime.Now;
            _isAvailable = false;
            foreach (var append in group) append.Answer(AppendResult.Unavailable);
            return true;
        }
        catch (Exception problem)
        {
            // Whether the group is on the disk is not known, so nobody is told anything.
            LogFailed(problem);
            _isAvailable = false;
            _failed.TrySetResult(problem);
            return false;
        }
    }

    public void Dispose() => tables.Dispose();

    /// <summary>Time in which nobody could move counts for no clock.</summary>
    private void Resume(DateTimeOffset since)
    {
        CommitUnlessOvertaken(() =>
        {
            tables.Touch();
            foreach (var game in running.Values)
                if (game.Game.Resume(since, Recovery.TimeToFindBack, serverTime.Now) is Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted)
                    Store(new Append(accepted.Next, accepted.Events, null));
        });
        _fullSince = null;
        _isAvailable = true;
        LogRoomAgain();
    }

    private void CommitUnlessOvertaken(Action changes)
    {
        for (var committed = false; !committed;)
        {
            try
            {
                Commit(changes);
                committed = true;
            }
            catch (OvertakenException overtaken)
            {
                tables.Rollback();
                Reload(overtaken.Game);
            }
        }
    }

    private void Commit(Action changes)
    {
        _uncommitted.Clear();
        _steps.Clear();
        Begin();
        changes();
        var began = time.GetTimestamp();
        tables.Commit();
        metrics.Committed(_steps.Sum(step => step.Events.Length), time.GetElapsedTime(began));

        foreach (var (after, events) in _steps)
        {
            if (after.Game.Outcome is null) running[after.Game.Id] = after;
            else running.TryRemove(after.Game.Id, out _);
            Publish(after.Game, events);
        }
    }

    private void Begin()
    {
        // Other writers (an account that registers) are done in milliseconds; a backup or a slow disk may take longer, and then everybody waits.
        for (var begun = false; !begun;)
        {
            try
            {
                tables.Begin();
                begun = true;
            }
            catch (SqliteException problem) when (problem.SqliteErrorCode == Busy)
            {
                LogBusy();
            }
        }
    }

    /// <summary>Writes one append within the transaction; false if somebody else was faster.</summary>
    private bool Store(Append append)
    {
        if (append.Next is not { } next)
        {
            tables.Touch();
            return true;
        }

        var known = _uncommitted.GetValueOrDefault(next.Id) ?? running.GetValueOrDefault(next.Id);
        var after = append.Players is var (first, second)
            ? known is null ? Start(append, next, first, second) : null
            : known is { Game.Outcome: null } && known.Game.Version == next.Version - append.Events.Length ? Continue(append, next, known) : null;
        if (after is null) return false;

        _uncommitted[next.Id] = after;
        _steps.Add((after, append.Events));
        return true;
    }

    private RunningGame? Start(Append append, Game next, User first, User second)
    {
        var started = (GameEvent.Started)append.Events[0];
        var (one, two) = (tables.User(first), tables.User(second));
        return tables.Game(started, one, two) is { } number ? new(number, one, two, next, EventCodec.Milliseconds(started.At)) : null;
    }

    private RunningGame? Continue(Append append, Game next, RunningGame known)
    {
        var version = known.Game.Version;
        foreach (var happened in append.Events)
        {
            if (!tables.Event(known.Number, ++version, happened, known.StartedAt)) throw new OvertakenException(next.Id);
            if (happened is not GameEvent.Swapped) continue;
            tables.Swap(known.Number);
            known = known with { First = known.Second, Second = known.First };
        }
        if (next.Outcome is not null && !tables.End(known.Number, known.First, known.Second, next, append.Events[^1].At)) throw new OvertakenException(next.Id);
        return known with { Game = next };
    }

    /// <summary>The database has the last word: what it says of the game replaces what we remembered. If it says nothing new, it contradicts itself.</summary>
    private void Reload(GameId id)
    {
        var known = running[id];
        try
        {
            var game = tables.Find(id)?.Game();
            if (game is { Outcome: null } && game.Version <= known.Game.Version) throw new ArgumentException("It has an end, and goes on.");
            if (game is { Outcome: null }) running[id] = known.At(game);
            else running.TryRemove(id, out _);
        }
        catch (ArgumentException problem)
        {
            SqliteJournal.LogSetAside(_log, id.Value, problem.Message);
            tables.SetAside(known.Number);
            running.TryRemove(id, out _);
        }
    }

    private void Publish(Game game, ImmutableArray<GameEvent> events)
    {
        try
        {
            audience.Publish(game, events);
        }
        catch (Exception problem)
        {
            LogNotPublished(problem, game.Id.Value); // It is stored all the same; who has not heard of it finds out with the next ping.
        }
    }

    /// <summary>The database has events of this game that we do not know.</summary>
    private sealed class OvertakenException(GameId game) : Exception($"Somebody else has written to game {game}.")
    {
        public GameId Game => game;
    }
}
