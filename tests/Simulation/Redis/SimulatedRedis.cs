using ConnectFour.Infrastructure.Redis;
using ConnectFour.Simulation.Tests.Clockwork;
using StackExchange.Redis;

namespace ConnectFour.Simulation.Tests.Redis;

/// <summary>The Redis that all nodes share, and whoever listens to it.</summary>
internal sealed class SimulatedRedis
{
    private readonly List<RedisLine> _lines = [];

    public SimulatedRedis(TimeProvider time)
    {
        Model = new RedisModel(() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Model.Published += (channel, text) =>
        {
            foreach (var line in _lines) line.Hear(channel, text);
        };
    }

    public RedisModel Model { get; }

    public bool IsUp { get; private set; } = true;

    public void Add(RedisLine line) => _lines.Add(line);

    public void Remove(RedisLine line) => _lines.Remove(line);

    public void Stop() => IsUp = false;

    /// <summary>Starts it again, with nothing in it; the lines come back one by one.</summary>
    public void Start()
    {
        Model.Flush();
        IsUp = true;
        foreach (var line in _lines) line.Restore();
    }
}

/// <summary>One node's line to Redis.</summary>
internal sealed class RedisLine(SimulatedRedis redis, Scheduler scheduler, Life nature, Life life, Weather weather, Bus bus) : IRedisServer
{
    private readonly Wire _wire = new(scheduler, nature, life, weather, () => redis.IsUp, _ => new RedisConnectionException(ConnectionFailureType.SocketFailure, "The line broke."));
    private readonly Dictionary<string, Action<string>> _heard = [];
    private long _said;

    public event Action? Restored;

    public string Endpoints => "the simulation";

    /// <summary>Whether everything is lost that is said on it, either way.</summary>
    public bool IsCut
    {
        get => _wire.IsCut;
        set
        {
            _wire.IsCut = value;
            if (!value) Restore();
        }
    }

    public Task Open()
    {
        redis.Add(this);
        return Task.CompletedTask;
    }

    public Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) => _wire.Ask(() => redis.Model.Run(script, keys, values));

    public Task<HashEntry[]> All(RedisKey hash) => _wire.Ask(() => redis.Model.All(hash.ToString()));

    public Task<StreamEntry[]> Range(RedisKey stream, RedisValue from, int most) => _wire.Ask(() => redis.Model.Range(stream.ToString(), from.ToString(), most));

    public Task Subscribe(RedisChannel channel, Action<string> take) => _wire.Ask(() => _heard[channel.ToString()] = take);

    public void UnsubscribeAll() => _heard.Clear();

    public void Publish(RedisChannel channel, string text) => _wire.Tell(() => redis.Model.Publish(channel.ToString(), text));

    /// <summary>Redis says something; whether it arrives, and when, is the bus's to say.</summary>
    public void Hear(string channel, string text)
    {
        if (IsCut || !redis.IsUp || !_heard.TryGetValue(channel, out var take)) return;
        for (var times = bus.Times(scheduler); times > 0; times--)
        {
            var due = scheduler.Now + weather.Delay(scheduler).Ticks;
            if (!bus.IsLate(scheduler)) due = _said = Math.Max(_said + 1, due);
            scheduler.At(due + (due == _said ? 0 : bus.Delay(scheduler).Ticks), life, _ => take(text), null);
        }
    }

    /// <summary>Notices after a while that Redis is there again.</summary>
    public void Restore() => scheduler.After(scheduler.Between(TimeSpan.Zero, TimeSpan.FromSeconds(0.5)), life, () => Restored?.Invoke());

    /// <summary>Nobody is at this end any more.</summary>
    public void Drop() => redis.Remove(this);

    public ValueTask DisposeAsync()
    {
        Drop();
        return default;
    }
}

/// <summary>What becomes of what is published.</summary>
/// <param name="faults">Counts what goes wrong.</param>
internal sealed class Bus(Faults faults)
{
    /// <summary>How likely a message never arrives at one of those who listen.</summary>
    public double Lost { get; set; }

    /// <summary>How likely it arrives twice.</summary>
    public double Twice { get; set; }

    /// <summary>How likely others overtake it.</summary>
    public double Late { get; set; }

    public int Times(Scheduler scheduler) => faults.Happens(scheduler, Lost, Fault.MessageLost) ? 0 : faults.Happens(scheduler, Twice, Fault.MessageTwice) ? 2 : 1;

    public bool IsLate(Scheduler scheduler) => faults.Happens(scheduler, Late, Fault.MessageLate);

    public TimeSpan Delay(Scheduler scheduler) => scheduler.Between(TimeSpan.Zero, TimeSpan.FromSeconds(0.3));

    public void Clear() => (Lost, Twice, Late) = (0, 0, 0);
}
