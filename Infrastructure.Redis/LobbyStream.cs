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
/// if that is gone as well, the whole lobby is read, and the audience hears what must have happened.
/// </summary>
internal sealed class LobbyStream(RedisLink link, Node node, Audiences audiences, LobbyRules rules, RedisTime redisTime, ServerTime serverTime, IRandomness randomness, BusMetrics metrics, TimeProvider time, ILogger<LobbyStream> log)
{
    /// <summary>How many messages are read of the log at a time.</summary>
    private const int Page = 500;

    /// <summary>How long a node is remembered that is not heard of, in microseconds.</summary>
    private const long NodeMemory = 3_600_000_000;

    /// <summary>How long a message takes to arrive at most, usually; then it is looked for.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly List<(long Version, TaskCompletionSource Reached)> _waiting = [];
    private volatile Replica _replica = Replica.Empty(rules);

    /// <summary>The version that the last heartbeat spoke of.</summary>
    private long _spoken;

    public Replica Replica => _replica;

    /// <summary>Listens from now on, and knows the lobby when it comes back.</summary>
    /// <exception cref="LobbyAwayException">Redis cannot be asked.</exception>
    public async Task Begin(CancellationToken cancellationToken)
    {
        await link.Open();
        await link.Begin(() => link.Hear(Keys.LobbyChannel, text => Put(new Arrival.Message(text))), cancellationToken);
        _ = Take();
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
        try
        {
            await settled.Task.WaitAsync(RedisLink.Patience, time);
        }
        catch (TimeoutException late)
        {
            throw new LobbyAwayException("Redis does not answer.", late);
        }
    }

    /// <summary>Says that this node is there, looks whether it missed something, and hears when the nodes were last heard of.</summary>
    public async Task<IReadOnlyDictionary<string, double>> Beat()
    {
        var (position, nodes) = await Ask();
        Put(position);
        return nodes;
    }

    private async Task<(Arrival.Position, Dictionary<string, double>)> Ask()
    {
        var asked = time.GetTimestamp();
        var answer = (string[])(await link.Run(Scripts.Beat, [Keys.Users, Keys.Nodes], [node.Prefix, NodeMemory], evenIfAway: true))!;
        link.Found();
        redisTime.Heard(Number(answer[2]), asked);
        return (new(answer[0], Number(answer[1]), false, null), answer[3..].Chunk(2).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture)));
    }

    private void Put(Arrival arrival) => _arrivals.Writer.TryWrite(arrival);

    private async Task Take()
    {
        await foreach (var arrival in _arrivals.Reader.ReadAllAsync())
        {
            try
            {
                if (arrival is Arrival.Message { Text: var text }) await Take(text.Split(' ', 3));
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
    }

    private async Task Take(string[] message)
    {
        if (message[0] != _replica.Epoch)
        {
            await Reload();
            return;
        }
        var version = Number(message[1]);
        if (version == _replica.Version + 1) Apply(message[2]);
        else if (version > _replica.Version) await Fill();
    }

    private async Task Take(Arrival.Position position)
    {
        if (position.Epoch == "") await PutBack();
        if (position.Epoch == "" || position.Epoch != _replica.Epoch) await Reload();

        // A message may be on its way; not for as long as from one heartbeat to the next.
        else if (Math.Min(position.Version, position.IsUrgent ? long.MaxValue : _spoken) > _replica.Version) await Fill();
        _spoken = position.Version;
        position.Settled?.TrySetResult();
    }

    private void Apply(string json)
    {
        var message = MessageCodec.Decode(json);
        _replica = _replica.After(message);
        foreach (var happened in message.Events) Tell(happened);
        Release();
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

    private async Task Fill()
    {
        metrics.Missed();
        StreamEntry[] page;
        do
        {
            page = await link.Ask(redis => redis.Range(Keys.Log, $"{_replica.Version + 1}-0", Page));
            if (page is not [var first, ..] || VersionOf(first) != _replica.Version + 1)
            {
                await Reload();
                return;
            }
            foreach (var entry in page) Apply(entry["m"]!);
        }
        while (page.Length == Page);
    }

    private async Task Reload()
    {
        var (before, fields) = (_replica, await link.Ask(redis => redis.All(Keys.Users)));
        var (epoch, version, lobby, versions) = ("", 0L, Lobby.Empty(rules).Users.ToBuilder(), Replica.Empty(rules).Versions.ToBuilder());
        foreach (var field in fields)
        {
            if (field.Name == "#epoch") epoch = field.Value.ToString();
            else if (field.Name == "#version") version = (long)field.Value;
            else
            {
                var (user, changed) = StoredUser.Read(field.Value.ToString());

                // The same as before is the same object, so that only what differs is compared.
                lobby[user.Name] = before.Versions.GetValueOrDefault(user.Name) == changed ? before.Lobby.Users[user.Name] : user;
                versions[user.Name] = changed;
            }
        }
        if (epoch == "") throw new LobbyAwayException("Redis has forgotten the lobby again.");

        _replica = new(epoch, version, new Lobby(rules, lobby.ToImmutable()), versions.ToImmutable());
        if (before.Epoch != "")
        {
            metrics.Resynced("lobby");
            foreach (var happened in LobbyDifference.Between(before.Lobby, _replica.Lobby, serverTime.Now)) Tell(happened);
        }
        Release();
    }

    /// <summary>Redis has forgotten the lobby: whoever notices first puts back what they know, and the others what is missing.</summary>
    private async Task PutBack()
    {
        var users = _replica.Lobby.Users.Values.SelectMany(user => (RedisValue[])[StoredUser.Field(user.Name), StoredUser.Value(user, _replica.Versions[user.Name])]);
        var isFirst = await link.Run(Scripts.Begin, [Keys.Users, Keys.Log], [randomness.NewGameId().Value, _replica.Version, Keys.LobbyChannel.ToString(), .. users]);
        if ((int)isFirst == 1 && _replica.Epoch != "") Log.PutBack(log, _replica.Lobby.Users.Count);
    }

    private async Task<bool> IsReached(long version, TimeSpan patience)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_replica.Version >= version) return true;
            _waiting.Add((version, reached));
        }
        return await Task.WhenAny(reached.Task, Task.Delay(patience, time)) == reached.Task;
    }

    private void Release()
    {
        lock (_lock) _waiting.RemoveAll(waiting => waiting.Version <= _replica.Version && waiting.Reached.TrySetResult());
    }

    private static long VersionOf(StreamEntry entry) => Number(entry.Id.ToString().Split('-')[0]);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private abstract record Arrival
    {
        private Arrival() { }

        public sealed record Message(string Text) : Arrival;

        /// <summary>How Redis says that things stand.</summary>
        /// <param name="IsUrgent">Whether to look at once for what has not arrived.</param>
        public sealed record Position(string Epoch, long Version, bool IsUrgent, TaskCompletionSource? Settled) : Arrival;
    }
}
