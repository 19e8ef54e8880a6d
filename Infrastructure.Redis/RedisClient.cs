using System.Diagnostics;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>Redis over the network.</summary>
internal sealed class RedisClient(ConfigurationOptions options) : IRedisServer
{
    private static readonly ActivitySource Spans = new(Meters.Name);

    private ConnectionMultiplexer? _connection;

    public event Action? Restored;

    public string Endpoints => string.Join(", ", options.EndPoints.Select(endpoint => endpoint.ToString()));

    private ISubscriber Subscriber => Connection.GetSubscriber();

    private ConnectionMultiplexer Connection => _connection ?? throw new LobbyAwayException("Redis has not been called yet.");

    /// <summary>What a connection string says, and how we use it.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static ConfigurationOptions Options(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.AsyncTimeout = options.SyncTimeout = (int)RedisLink.Patience.TotalMilliseconds;
        return options;
    }

    public async Task Open()
    {
        _connection ??= await ConnectionMultiplexer.ConnectAsync(options);
        _connection.ConnectionRestored += (_, _) => Restored?.Invoke();
    }

    public Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) => Ask("redis script", database => database.ScriptEvaluateAsync(script, keys, values));

    public Task<HashEntry[]> All(RedisKey hash) => Ask("redis hash", database => database.HashGetAllAsync(hash));

    public Task<StreamEntry[]> Range(RedisKey stream, RedisValue from, int most) => Ask("redis stream", database => database.StreamRangeAsync(stream, from, "+", most));

    public async Task Subscribe(RedisChannel channel, Action<string> take)
    {
        Subscriber.Unsubscribe(channel, flags: CommandFlags.FireAndForget); // An earlier try may have come through after all, and would hear everything as well.
        (await Subscriber.SubscribeAsync(channel)).OnMessage(message => take(message.Message.ToString()));
    }

    public void UnsubscribeAll() => Subscriber.UnsubscribeAll(CommandFlags.FireAndForget);

    public void Publish(RedisChannel channel, string text) => Subscriber.Publish(channel, text, CommandFlags.FireAndForget);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    /// <summary>A trace shows how long it takes, and not what it is about.</summary>
    private async Task<T> Ask<T>(string span, Func<IDatabase, Task<T>> ask)
    {
        using var asking = Spans.StartActivity(span, ActivityKind.Client)?.SetTag("db.system.name", "redis");
        return await ask(Connection.GetDatabase());
    }
}
