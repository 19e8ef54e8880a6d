using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConnectFour.Application;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// Says once a second, in the database, that this server is there, and learns what time it is by the database's clock. While any server beats, time passes for everybody. When none has for a
/// while, because all were away or the database was, nobody beats until one of them has given the clocks their time back; the others wait for it.
/// </summary>
internal sealed partial class Heart : IDisposable
{
    /// <summary>How often it beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>After so long without a beat of anybody, nobody was there.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    /// <summary>How often time is given back at most before a beat: so many outages one after another are believed, and then it is that there are very many games.</summary>
    private const int Rounds = 3;

    /// <summary>After so long without a beat of its own, a server may not be there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>After so long, the row of a server that has gone is cleared away.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromDays(1);

    private readonly IPostgresServer _server;
    private readonly IBeatLine _line;
    private readonly ServerTime _serverTime;
    private readonly Func<DateTimeOffset, DateTimeOffset, Task> _giveBack;
    private readonly Action<bool> _heard;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Guid _id;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;
    private long _last;

    /// <summary>Since when it has beaten without a break.</summary>
    private long _since;
    private bool _isCleared;

    /// <param name="node">This server.</param>
    /// <param name="giveBack">Gives the clocks of all running games back the time between two instants.</param>
    /// <param name="heard">Is told whether the database answers.</param>
    public Heart(IPostgresServer server, Node node, ServerTime serverTime, Func<DateTimeOffset, DateTimeOffset, Task> giveBack, Action<bool> heard, TimeProvider time, ILogger log)
    {
        (_server, _line, _serverTime, _giveBack, _heard, _time, _log) = (server, server.Line(), serverTime, giveBack, heard, time, log);
        _id = node == Node.Only ? Guid.NewGuid() : IdOf(node);
        _beating = Beat();
    }

    /// <summary>Ends with the first beat.</summary>
    public Task Begun => _begun.Task;

    /// <summary>The newest beat of any server before our first; null if there was none.</summary>
    public DateTimeOffset? Left { get; private set; }

    /// <summary>Whether the database took the last beats.</summary>
    public bool IsBeating => _begun.Task.IsCompleted && _time.GetElapsedTime(Volatile.Read(ref _last)) < Outage;

    /// <summary>Which of these servers have beaten just now; all, as far as is known, while this one does not, and for a moment after: the database was away, and the others' next beats are to come.</summary>
    public async ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes)
    {
        if (!IsBeating || _time.GetElapsedTime(Volatile.Read(ref _since)) < Silence) return nodes;
        var beating = await _server.Beating([.. nodes.Select(IdOf)], Silence);
        return nodes.RemoveAll(node => !beating.Contains(IdOf(node)));
    }

    /// <summary>Once is enough, and twice does no harm: whoever hands a journal out under several names disposes it as often.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested) return;

        _end.Cancel();
        _beating.GetAwaiter().GetResult();
        _line.Dispose();
        _end.Dispose();
    }

    /// <summary>What a server's row goes by, so that others find it by its name.</summary>
    private static Guid IdOf(Node node) => new(SHA256.HashData(Encoding.UTF8.GetBytes(node.Prefix)).AsSpan(0, 16));

    private async Task Beat()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (!(await Try()).IsTaken) await Recover();
                if (!_isCleared) await _line.Clear(Gone, _end.Token);
                _isCleared = true;
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                _heard(false);
                LogMissed(problem.Message);
            }
            await Task.Delay(Interval, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Beats, unless nobody has for a while.</summary>
    /// <param name="until">Until when it does so whoever was away: what clocks get back reaches as far. Usually that is long ago.</param>
    private async Task<Pulse> Try(DateTimeOffset until = default)
    {
        var asked = _time.GetTimestamp();
        var pulse = await _line.Beat(_id, until, Outage, _end.Token);
        var took = _time.GetElapsedTime(asked);
        _heard(true);
        if (pulse.IsTaken) Taken(pulse, took);
        return pulse;
    }

    private void Taken(Pulse pulse, TimeSpan took)
    {
        _serverTime.Follow(pulse.Now, pulse.Now + took);
        if (!IsBeating) Volatile.Write(ref _since, _time.GetTimestamp());
        Volatile.Write(ref _last, _time.GetTimestamp());
        if (_begun.Task.IsCompleted) return;
        Left ??= pulse.Newest;
        _begun.TrySetResult();
    }

    /// <summary>Waits until somebody has given the clocks their time back, or does it.</summary>
    private async Task Recover()
    {
        using var line = _server.Line(); // Its end is the lock's.
        while (!await line.TryLock(_end.Token))
        {
            await Task.Delay(Interval / 5, _time, _end.Token);
            if ((await Try()).IsTaken) return;
        }

        // A clock that has its time back runs, and nobody moves before the first beat. What that takes may be as much as the time to find back; if it is more, because the database went again, all get it back as well.
        for (var round = 1; await Try() is { IsTaken: false, Newest: { } left } pulse; round++)
        {
            LogOutage(left, pulse.Now);
            Left ??= left;
            await _giveBack(left, pulse.Now);
            if ((await Try(until: round < Rounds ? pulse.Now + Recovery.TimeToFindBack : DateTimeOffset.MaxValue)).IsTaken) return;
        }
    }

    [LoggerMessage(3014, LogLevel.Debug, "A beat could not be stored: {Problem}")]
    private partial void LogMissed(string problem);

    [LoggerMessage(3015, LogLevel.Warning, "No server was there from {Left:O} to {Now:O}: the clocks get that time back")]
    private partial void LogOutage(DateTimeOffset left, DateTimeOffset now);
}
