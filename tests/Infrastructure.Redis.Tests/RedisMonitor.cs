using System.Net;
using System.Net.Sockets;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Hears every command that Redis is given; each is a round trip. What a script does by itself is not, nor what the client library says to keep its line.</summary>
internal sealed class RedisMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RedisServer _redis;
    private readonly TcpClient _line = new();
    private StreamReader? _commands;
    private int _marks;

    private RedisMonitor(RedisServer redis) => _redis = redis;

    public static async Task<RedisMonitor> Begin(RedisServer redis)
    {
        var monitor = new RedisMonitor(redis);
        await monitor._line.ConnectAsync(IPAddress.Loopback, redis.Address.Port);
        await monitor._line.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        monitor._commands = new StreamReader(monitor._line.GetStream());
        Assert.Equal("+OK", await monitor._commands.ReadLineAsync().WaitAsync(Patience));
        return monitor;
    }

    /// <summary>The commands about our keys and channels since the last time, as Redis shows them: <c>"PUBLISH" "{games}:events" ...</c></summary>
    public async Task<string[]> Take()
    {
        var mark = $"mark {++_marks}";
        await _redis.Ask($"ECHO \"{mark}\"");
        var taken = new List<string>();
        while (await _commands!.ReadLineAsync().WaitAsync(Patience) is { } line && !line.EndsWith($"\"ECHO\" \"{mark}\"", StringComparison.Ordinal))
            if (!line.Contains(" lua] ", StringComparison.Ordinal) && line.Contains("\"{", StringComparison.Ordinal)) taken.Add(line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..]);
        return [.. taken];
    }

    public ValueTask DisposeAsync()
    {
        _commands?.Dispose();
        _line.Dispose();
        return default;
    }
}
