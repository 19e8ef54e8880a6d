using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Redis.Wire;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// Hears what happens in the lobby, this node's own decisions too, and takes it in the order of versions: into the replica, then to this node's audience. What was missed is read again from the log;
/// if that is gone as well, the whole lobby is read, and the audience hears what must have happened. If Redis has lost it, or the latest of it, it is put back.
/// </summary>
internal sealed class LobbyStream(RedisLink link, Node node, Audiences audiences, LobbyRules rules, RedisTime redisTime, ServerTime serverTime, IRandomness randomness, BusMetrics metrics, TimeProvider time, ILogger<LobbyStream> log)
{
    /// <summary>How many messages are read of the log at a time.</summary>
    private const int Page = 500;

    /// <summary>How long a node is remembered that is not heard of, in microseconds.</summary>
    private const long NodeMemory = 3_600_000_000;

    /// <summary>How many heartbeats a node that knows nothing leaves to those that know something: they have to find Redis again, and beat.</summary>
    private const int HeadStart = 3;

    /// <summary>How long a message takes to arrive at most, usually; then it is looked for.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    /// <summary>How long nodes may take to enter their people again in a lobby that was put back: two looks, and a question to Redis that is not answered.</summary>
    private static readonly TimeSpan Reentry = TimeSpan.FromSeconds(4);

    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly List<(long Version, TaskCompletionSource<bool> Reached)> _waiting = [];
    private volatile Replica _replica = Replica.Empty(rules);

    /// <summary>The version up to which all has been told here.</summary>
    private long _told;

    /// <summary>The version that the last heartbeat spoke of.</summary>
    private long _spoken;

    public Replica Replica => _replica;

    /// <summary>Games in which somebody turned out to have a seat when the whole lobby was read: nobody has told them here, and if the lobby had forgotten the seat they may not know of the game.</summary>
    public ConcurrentDictionary<GameId, bool> Unshown { get; } = [];

    /// <summary>Listens from now on, and knows the lobby when it comes back.</summary>
    /// <exception cref="LobbyAwayException">Redis cannot be asked.</exception>
    public async Task Begin(CancellationToken cancellationToken)
    {
        await link.Open();
        await link.Begin(() => link.Hear(Keys.LobbyChannel, text => Put(new Arrival.Message(text))), cancellationToken);
        _ = Take();
        await link.Begin(() => LetOthersBegin(cancellationToken), cancellationToken);
        await link.Begin(Settle, cancellationToken);
    }

    /// <summary>Listens no longer.</summary>
    public void End() => _arrivals.Writer.TryComplete();

    /// <summary>Waits until what leads to this version has been heard here.</summary>
    public async Task Reach(long version)
    {
        if (await IsReached(version, Usual)) return;

        // Whoever asked has their answer by now, whether or not it can be told here.
        try
        {
            await Settle();
        }
        catch (LobbyAwayException)
        {
        }
    }

    /// <summary>Waits until all is heard here that Redis has now.</summary>
    /// <exception cref="LobbyAwayException">Redis cannot be asked.</exception>
    public async Task Settle()
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (position, _) = await Ask();
        Put(position with { IsUrgent = true, Settled = settled });
        await using var patience = After(RedisLink.Patience, () => settled.TrySetException(new LobbyAwayException("Redis does not answer.")));
        await settled.Task;
    }

    /// <summary>Says that this node is there, looks whether it missed something, and hears when the nodes were last heard of.</summary>
    public async Task<IReadOnlyDictionary<string, double>> Beat()
    {
        var (position, nodes) = await Ask();
        Put(position);
        return nodes;
    }

    /// <summary>Redis that is empty may have been full a moment ago: nodes that have people put them back before one that has none begins.</summary>
    private async Task LetOthersBegin(CancellationToken cancellationToken)
    {
        for (var beats = 0; beats < HeadStart && (await Ask()).Position.Epoch == ""; beats++) await Task.Delay(Pulse.Period, time, cancellationToken);
    }

    private async Task<(Arrival.Position Position, Dictionary<string, double> Nodes)> Ask()
    {
        var (asked, known) = (time.GetTimestamp(), _replica);
        var answer = (string[])(await link.Run(Scripts.Beat, [Keys.Users, Keys.Nodes], [node.Prefix, NodeMemory], evenIfAway: true))!;
        link.Found();
        redisTime.Heard(Number(answer[3]), asked);
        var (epoch, version) = (answer[0], Number(answer[1]));
        return (new(epoch, version, known.IsMoreThan(epoch, version, answer[2]), false, null), answer[4..].Chunk(2).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture)));
    }

    private void Put(Arrival arrival) => _arrivals.Writer.TryWrite(arrival);

    private async Task Take()
    {
        while (await _arrivals.Reader.WaitToReadAsync())
            while (_arrivals.Reader.TryRead(out var arrival)) await Take(arrival);
    }

    private async Task Take(Arrival arrival)
    {
        try
        {
            if (arrival is Arrival.Message { Text: var text }) await Take(LobbyStep.Parse(text));
            if (arrival is Arrival.Position position) await Take(position);
        }
        catch (LobbyAwayException problem)
        {
            (arrival as Arrival.Position)?.Settled?.TrySetException(problem); // The next heartbeat sees to it.
        }
        catch (Exception problem)
        {
            Log.NotTaken(log, problem);
            (arrival as Arrival.Position)?.Settled?.TrySetException(new LobbyAwayException("The lobby cannot be read.", problem));
        }
    }

    private async Task Take(LobbyStep step)
    {
        if (step.Epoch != _replica.Epoch)
        {
            if (step.Version > _replica.Version) await Reload(); // Otherwise it is from before Redis lost the lobby, and came late.
        }
        else if (step.Version == _replica.Version + 1 && step.Before == _replica.Mark) await Apply(step);
        else if (step.Version > _replica.Version) await Fill();
    }

    private async Task Take(Arrival.Position position)
    {
        if (position.IsLess || position.Epoch != _replica.Epoch) await Reload();

        // A message may be on its way; not for as long as from one heartbeat to the next.
        else if (Math.Min(position.Version, position.IsUrgent ? long.MaxValue : _spoken) > _replica.Version) await Fill();
        _spoken = position.Version;
        position.Settled?.TrySetResult();
    }

    /// <returns>Whether the step was taken as it is; otherwise this node does not understand it, and has read the whole lobby instead.</returns>
    private async Task<bool> Apply(LobbyStep step)
    {
        LobbyMessage message;
        try
        {
            message = MessageCodec.Decode(step.Json);
        }
        catch (Exception problem)
        {
            Log.NotTaken(log, problem);
            await Reload();
            return false;
        }
        _replica = _replica.After(message, step.Mark);
        foreach (var happened in message.Events) Tell(happened);
        Release();
        return true;
    }

    private void Tell(LobbyEvent happened)
    {
        try
        {
            audiences.Publish(happened);
        }
        catch (Exception problem)
        {
            Log.NotTaken(log, problem); // One listener's fault does not keep the others, nor what happens next, from being heard.
        }
    }

    /// <summary>Reads in the log from the version that is known; if that is not there, what is there leads from another one.</summary>
    private async Task Fill()
    {
        metrics.Missed();
        StreamEntry[] page;
        do
        {
            var known = _replica;
            page = await link.Ask(redis => redis.Range(Keys.Log, $"{known.Version}-0", 1 + Page));
            if (page is not [var first, ..] || LobbyStep.Parse(known.Epoch, "", first) is var start && (start.Version, start.Mark) != (known.Version, known.Mark))
            {
                await Reload();
                return;
            }
            foreach (var entry in page.Skip(1))
                if (!await Apply(LobbyStep.Parse(known.Epoch, _replica.Mark, entry))) return;
        }
        while (page.Length > Page);
    }

    /// <summary>Reads the whole lobby; puts it back first if this node knows more than Redis.</summary>
    private async Task Reload()
    {
        var (before, stored) = (_replica, await ReadAll());
        if (before.IsMoreThan(stored.Epoch, stored.Version, stored.Mark))
        {
            await PutBack();
            stored = await ReadAll();
        }
        if (before.IsMoreThan(stored.Epoch, stored.Version, stored.Mark)) throw new LobbyAwayException("Redis has forgotten the lobby again.");

        _replica = stored;
        if (before.Epoch != "")
        {
            metrics.Resynced("lobby");
            foreach (var happened in LobbyDifference.Between(before.Lobby, _replica.Lobby, serverTime.Now)) Tell(happened);
            foreach (var game in LobbyDifference.Seated(before.Lobby, _replica.Lobby)) Unshown[game] = true;
        }
        Release();
    }

    private async Task<Replica> ReadAll() => StoredLobby.Read(await link.Ask(redis => redis.All(Keys.Users)), _replica, problem => Log.NotTaken(log, problem));

    /// <summary>Redis has forgotten the lobby, or the latest of it: whoever notices first puts back what they know, whoever knows more does so again, and the others enter what is missing.</summary>
    private async Task PutBack()
    {
        // Who was away when this node last heard of it may be here by now.
        var lobby = _replica.Lobby.Users.Keys.Aggregate(_replica.Lobby, (lobby, name) => lobby.Excuse(name, Reentry, serverTime.AtLatest) is Decision<Lobby, LobbyEvent>.Accepted excused ? excused.Next : lobby);
        var users = lobby.Users.Values.SelectMany(user => (RedisValue[])[StoredUser.Field(user.Name), StoredUser.Value(user, _replica.Versions[user.Name])]);
        var isDone = await link.Run(Scripts.Begin, [Keys.Users, Keys.Log], [randomness.NewGameId().Value, _replica.Version, _replica.Mark, Keys.LobbyChannel.ToString(), .. users]);
        if ((int)isDone == 1 && _replica.Epoch != "") Log.PutBack(log, _replica.Lobby.Users.Count);
    }

    private async Task<bool> IsReached(long version, TimeSpan patience)
    {
        var reached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_told >= version) return true;
            _waiting.Add((version, reached));
        }
        await using var late = After(patience, () => reached.TrySetResult(false));
        return await reached.Task;
    }

    private void Release()
    {
        lock (_lock)
        {
            _told = _replica.Version;
            foreach (var (version, reached) in _waiting)
                if (version <= _told) reached.TrySetResult(true);
            _waiting.RemoveAll(waiting => waiting.Reached.Task.IsCompleted);
        }
    }

    private ITimer After(TimeSpan span, Action act) => time.CreateTimer(_ => act(), null, span, Timeout.InfiniteTimeSpan);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private abstract record Arrival
    {
        private Arrival() { }

        public sealed record Message(string Text) : Arrival;

        /// <summary>How Redis says that things stand.</summary>
        /// <param name="IsLess">Whether it has less than was known here when it was asked.</param>
        /// <param name="IsUrgent">Whether to look at once for what has not arrived.</param>
        public sealed record Position(string Epoch, long Version, bool IsLess, bool IsUrgent, TaskCompletionSource? Settled) : Arrival;
    }
}
