using ConnectFour.Infrastructure.Redis;
using StackExchange.Redis;

namespace ConnectFour.Mutants;

/// <summary>Says everything as a later version might: with one more field in every object, and one more event, of a kind of its own, in all that happens in the lobby.</summary>
internal sealed class LaterRedis(IRedisServer redis) : RedisBehind(redis)
{
    private const string Begin = "{\"", Events = "\"events\":[", Event = """{"kind":"sneezed","later":{"than":["this"]}}""";

    public override Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) => base.Run(script, keys, [.. values.Select(Later)]);

    public override void Publish(RedisChannel channel, string text) => base.Publish(channel, Wider(text)); // What happens in games is what the journal has, and no more.

    private static RedisValue Later(RedisValue value) => value.ToString() is var text && text.Contains(Begin, StringComparison.Ordinal) ? Happening(Wider(text)) : value;

    // A quotation mark within a text is escaped, so that this is always the beginning of an object that is not empty.
    private static string Wider(string json) => json.Replace(Begin, """{"later":{},""" + '"', StringComparison.Ordinal);

    private static string Happening(string json) => json.Replace(Events + "]", Events + Event + "]", StringComparison.Ordinal).Replace(Events + "{\"later\":{},\"kind\"", Events + Event + ",{\"kind\"", StringComparison.Ordinal);
}
