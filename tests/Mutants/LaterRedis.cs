using ConnectFour.Infrastructure.Redis;
using StackExchange.Redis;

namespace ConnectFour.Mutants;

/// <summary>Says everything as a later version might: with one more field in every object, and one more event, of a kind of its own, in all that happens in the lobby.</summary>
internal sealed class LaterRedis(IRedisServer redis) : IRedisServer
{
    private const string Begin = "{\"", Events = "\"events\":[", Event = """{"kind":"sneezed","later":{"than":["this"]}}""";

    public event Action? Restored
    {
        add => redis.Restored += value;
        remove => redis.Restored -= value;
    }

    public string Endpoints => redis.Endpoints;

    public Task Open() => redis.Open();

    public Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) => redis.Run(script, keys, [.. values.Select(Later)]);

    public Task<HashEntry[]> All(RedisKey hash) => redis.All(hash);

    public Task<StreamEntry[]> Range(RedisKey stream, RedisValue from, int most) => redis.Range(stream, from, most);

    public Task Subscribe(RedisChannel channel, Action<string> take) => redis.Subscribe(channel, take);

    public void UnsubscribeAll() => redis.UnsubscribeAll();

    public void Publish(RedisChannel channel, string text) => redis.Publish(channel, Wider(text)); // What happens in games is what the journal has, and no more.

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    private static RedisValue Later(RedisValue value) => value.ToString() is var text && text.Contains(Begin, StringComparison.Ordinal) ? Happening(Wider(text)) : value;

    // A quotation mark within a text is escaped, so that this is always the beginning of an object that is not empty.
    private static string Wider(string json) => json.Replace(Begin, """{"later":{},""" + '"', StringComparison.Ordinal);

    private static string Happening(string json) => json.Replace(Events + "]", Events + Event + "]", StringComparison.Ordinal).Replace(Events + "{\"later\":{},\"kind\"", Events + Event + ",{\"kind\"", StringComparison.Ordinal);
}
