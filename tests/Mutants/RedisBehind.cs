using ConnectFour.Infrastructure.Redis;
using StackExchange.Redis;

namespace ConnectFour.Mutants;

/// <summary>A line to Redis but for what is overridden.</summary>
internal abstract class RedisBehind(IRedisServer redis) : IRedisServer
{
    public event Action? Restored
    {
        add => redis.Restored += value;
        remove => redis.Restored -= value;
    }

    public string Endpoints => redis.Endpoints;

    public Task Open() => redis.Open();

    public virtual Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) => redis.Run(script, keys, values);

    public Task<HashEntry[]> All(RedisKey hash) => redis.All(hash);

    public Task<StreamEntry[]> Range(RedisKey stream, RedisValue from, int most) => redis.Range(stream, from, most);

    public virtual Task Subscribe(RedisChannel channel, Action<string> take) => redis.Subscribe(channel, take);

    public virtual void UnsubscribeAll() => redis.UnsubscribeAll();

    public virtual void Publish(RedisChannel channel, string text) => redis.Publish(channel, text);

    public ValueTask DisposeAsync() => redis.DisposeAsync();
}
