using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// All that is asked of Redis here. Whatever fails, with a <see cref="RedisException"/> or without an answer, may have been done all the same.
/// </summary>
internal interface IRedisServer : IAsyncDisposable
{
    /// <summary>A line was cut and is there again: what was said meanwhile is lost.</summary>
    event Action? Restored;

    /// <summary>For people; without what the connection string has besides, such as a password.</summary>
    string Endpoints { get; }

    /// <summary>Calls Redis; comes back as well if nobody answers, and goes on calling.</summary>
    Task Open();

    /// <param name="script">One of <see cref="Scripts"/>.</param>
    Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values);

    /// <summary>Everything in a hash.</summary>
    Task<HashEntry[]> All(RedisKey hash);

    /// <summary>The first entries of a stream from an id on.</summary>
    Task<StreamEntry[]> Range(RedisKey stream, RedisValue from, int most);

    /// <summary>Hears what is said on a channel from now on, in the order in which it comes.</summary>
    Task Subscribe(RedisChannel channel, Action<string> take);

    void UnsubscribeAll();

    /// <summary>Says something to whoever hears the channel now, and waits for nobody.</summary>
    void Publish(RedisChannel channel, string text);
}
