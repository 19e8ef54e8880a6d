using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// Sees a step through until it is known what became of it, however often the line breaks. The same step is said again on another line: it is conditional on the game's version, so it can be
/// stored once only, and where it turns out to have been stored the first time, that is seen from the rows.
/// </summary>
internal sealed partial class PostgresWriter(PostgresDatabase database, StorageSettings settings, JournalMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>How long to wait before a step is said again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log = log;
    private readonly SemaphoreSlim _lines = new(settings.Connections);
    private readonly CancellationTokenSource _end = new();
    private volatile bool _isAway;

    /// <summary>Whether the last time that it was called, nobody answered.</summary>
    public bool IsAway => _isAway;

    /// <returns>Committed, with the game as it is stored; Conflict; Unavailable if nothing was, or will be, stored; Pending if the process ends before it is known.</returns>
    /// <param name="known">The game as it is remembered; null for a start.</param>
    /// <param name="isPatient">Whether to wait for a database that is away, however long.</param>
    /// <exception cref="OperationCanceledException">The process ends before a step is stored that waits however long.</exception>
    public async Task<(AppendResult Result, RunningGame? After)> Store(Step step, RunningGame? known, bool isPatient = false)
    {
        var (since, wasAway, isUnknown) = (time.GetTimestamp(), _isAway, false);
        while (true)
        {
            try
            {
                var after = await Try(step, known, isUnknown);
                Heard(true);
                return (after is null ? AppendResult.Conflict : AppendResult.Committed, after);
            }
            catch (NotSentException)
            {
                // Nothing was said, so nothing is stored, and nothing will be if we leave it at that.
                var isOver = wasAway || time.GetElapsedTime(since) >= settings.Patience;
                if (isOver && !isUnknown && !isPatient) return (AppendResult.Unavailable, null);
            }
            catch (PostgresException problem) when (Retry.IsRefused(problem))
            {
                Heard(true);
                if (!Retry.IsWorthwhile(problem))
                {
                    LogRefused(problem, step.Next.Id.Value);
                    return (isUnknown ? AppendResult.Pending : AppendResult.Unavailable, null);
                }
            }
            catch (Exception problem) when (Retry.IsLost(problem))
            {
                isUnknown = true;
                LogLost(step.Next.Id.Value, problem.Message);
            }
            if (isPatient) _end.Token.ThrowIfCancellationRequested();
            if (_end.IsCancellationRequested) return (isUnknown ? AppendResult.Pending : AppendResult.Unavailable, null);
            await Task.Delay(Pause, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Notes whether somebody answers.</summary>
    public void Heard(bool isAnswered)
    {
        if (isAnswered && _isAway) LogBack();
        if (!isAnswered && !_isAway) LogAway();
        _isAway = !isAnswered;
    }

    public void Dispose() => _end.Cancel();

    /// <returns>The game as it is stored, or null if the database has refused the step.</returns>
    private async Task<RunningGame?> Try(Step step, RunningGame? known, bool isUnknown)
    {
        await Turn();
        try
        {
            await using var connection = await Connect();
            var began = time.GetTimestamp();
            var after = step.Players is var (first, second)
                ? await PostgresTables.Start(connection, step.Next, (GameEvent.Started)step.Events[0], first, second)
                : await PostgresTables.Append(connection, known!, step.Next, step.Events) ? known!.At(step.Next) : null;
            if (after is null && isUnknown && await PostgresGames.Find(connection, step.Next.Id) is { } stored && step.IsIn(stored))
            {
                await PostgresTables.Settle(connection);
                after = RunningGame.Of(stored);
            }
            if (after is not null) metrics.Committed(step.Events.Length, time.GetElapsedTime(began));
            return after;
        }
        finally
        {
            _lines.Release();
        }
    }

    /// <summary>Waits until fewer than all lines are busy.</summary>
    private async Task Turn()
    {
        try
        {
            await _lines.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException stop)
        {
            throw new NotSentException(stop);
        }
    }

    private async Task<NpgsqlConnection> Connect()
    {
        try
        {
            return await database.Connect(_end.Token);
        }
        catch (Exception problem) when (Retry.IsLost(problem) || problem is PostgresException)
        {
            if (!_end.IsCancellationRequested) Heard(false);
            throw new NotSentException(problem);
        }
    }

    /// <summary>Nothing was said to the database.</summary>
    private sealed class NotSentException(Exception cause) : Exception(cause.Message, cause);
}
