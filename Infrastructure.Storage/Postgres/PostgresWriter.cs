using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// Sees a step through until it is known what became of it, however often the line breaks. The same step is said again on another line: it is conditional on the game's version, so it can be
/// stored once only, and where it turns out to have been stored the first time, that is seen from the rows.
/// </summary>
internal sealed partial class PostgresWriter(IPostgresServer server, StorageSettings settings, JournalMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>How long to wait before a step is said again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log = log;
    private readonly SemaphoreSlim _lines = new(settings.Connections);
    private readonly CancellationTokenSource _end = new();
    private volatile bool _isAway;

    /// <summary>Whether the last time that it was called, nobody answered.</summary>
    public bool IsAway => _isAway;

    /// <returns>Committed, with the game as it is stored, and what time it has <see cref="IPostgresServer.Append">lost</see> as far as is known; Conflict; Unavailable if nothing was, or will be, stored; Pending if the process ends before it is known.</returns>
    /// <param name="known">The game as it is remembered; null for a start.</param>
    /// <param name="isPatient">Whether to wait for a database that is away, however long.</param>
    /// <exception cref="OperationCanceledException">The process ends before a step is stored that waits however long.</exception>
    public async Task<(AppendResult Result, RunningGame? After, TimeSpan Lost)> Store(Step step, RunningGame? known, bool isPatient = false)
    {
        var (since, wasAway, isUnknown) = (time.GetTimestamp(), _isAway, false);
        while (true)
        {
            try
            {
                var stored = await Try(step, known, isUnknown);
                Heard(true);
                return stored is var (after, lost) ? (AppendResult.Committed, after, lost) : (AppendResult.Conflict, null, default);
            }
            catch (NotStoredException unsent) when (unsent.Fate is Fate.NotSent)
            {
                if (!_end.IsCancellationRequested) Heard(false);

                // Nothing will be stored either, if we leave it at that.
                var isOver = wasAway || time.GetElapsedTime(since) >= settings.Patience;
                if (isOver && !isUnknown && !isPatient) return (AppendResult.Unavailable, null, default);
            }
            catch (NotStoredException refusal) when (refusal.Fate is Fate.Refused)
            {
                Heard(true);
                LogRefused(refusal, step.Next.Id.Value);
                return (isUnknown ? AppendResult.Pending : AppendResult.Unavailable, null, default);
            }
            catch (NotStoredException met) when (met.Fate is Fate.InTheWay)
            {
                Heard(true);
            }
            catch (Exception problem) when (problem is NotStoredException or StoreAwayException)
            {
                isUnknown = true;
                LogLost(step.Next.Id.Value, problem.Message);
            }
            if (isPatient) _end.Token.ThrowIfCancellationRequested();
            if (_end.IsCancellationRequested) return (isUnknown ? AppendResult.Pending : AppendResult.Unavailable, null, default);
            await Task.Delay(Pause, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Notes whether somebody answers.</summary>
    public void Heard(bool isAnswered)
    {
        if (isAnswered && _isAway) LogBack();
        if (!isAnswered && !_isAway) LogAway();
        _isAway = !isAnswered;
    }

    /// <summary>Nothing is sent any more; whoever waits for a line is told so.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _lines.Release(settings.Queue + settings.Connections);
    }

    /// <returns>The game as it is stored, and the time that it has lost; or null if the database has refused the step.</returns>
    private async Task<(RunningGame After, TimeSpan Lost)?> Try(Step step, RunningGame? known, bool isUnknown)
    {
        await _lines.WaitAsync();
        try
        {
            var began = time.GetTimestamp();
            var stored = step.Players is null ? await Append(step, known!) : await server.Start(step, _end.Token) is { } started ? (started, default) : null;
            if (stored is null && isUnknown && await server.Find(step.Next.Id) is { } found && step.IsIn(found))
            {
                await server.Settle(_end.Token);
                stored = (RunningGame.Of(found), default);
            }
            if (stored is not null) metrics.Committed(step.Events.Length, time.GetElapsedTime(began));
            return stored;
        }
        finally
        {
            _lines.Release();
        }
    }

    private async Task<(RunningGame, TimeSpan)?> Append(Step step, RunningGame known) => await server.Append(known, step, _end.Token) is { } lost ? (known.At(step.Next), lost) : null;
}
