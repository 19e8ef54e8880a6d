using ConnectFour.Application.Ports;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// The line to Redis. Nobody waits for it for long: a script is answered within <see cref="Patience"/> or counts as not answered, and while Redis is known to be away nothing is asked of it.
/// </summary>
internal sealed class RedisLink(IRedisServer redis, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Between two tries of a script when the line is cut meanwhile.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For a node that starts: nobody waits for it yet, and it does everything for the first time.</summary>
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(30);

    private volatile bool _isAway;
    private volatile bool _isDeaf;
    private int _restored;

    /// <summary>Whether nothing is asked, until a heartbeat finds Redis again.</summary>
    public bool IsAway => _isAway;

    /// <summary>Whether nothing is heard any more, because the node ends.</summary>
    public bool IsDeaf => _isDeaf;

    /// <summary>How often a line was cut and is there again: what was said meanwhile is lost.</summary>
    public int Restored => Volatile.Read(ref _restored);

    /// <inheritdoc cref="IRedisServer.Endpoints"/>
    public string Endpoints => redis.Endpoints;

    /// <summary>Calls Redis; comes back as well if nobody answers, and goes on calling.</summary>
    public Task Open()
    {
        redis.Restored += () => Interlocked.Increment(ref _restored);
        return redis.Open();
    }

    /// <summary>Does what a start needs, again and again for half a minute if Redis does not answer.</summary>
    /// <exception cref="LobbyAwayException">It did not answer in that time either.</exception>
    public async Task Begin(Func<Task> act, CancellationToken cancellationToken)
    {
        for (var begun = time.GetTimestamp(); ;)
        {
            try
            {
                await act();
                return;
            }
            catch (LobbyAwayException) when (time.GetElapsedTime(begun) < PatienceAtStart)
            {
                _isAway = false;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Hears what is said on a channel from now on, in the order in which it comes.</summary>
    public Task Hear(RedisChannel channel, Action<string> take) => Ask(async redis =>
    {
        await redis.Subscribe(channel, text =>
        {
            if (!_isDeaf) take(text);
        });
        return true;
    });

    /// <summary>Hears no more of any channel, not even what has come and waits.</summary>
    public void HearNothing()
    {
        _isDeaf = true;
        redis.UnsubscribeAll();
    }

    /// <summary>Tells whoever hears the channel; nobody, while Redis is away: what is told here can be found out otherwise.</summary>
    public void Tell(RedisChannel channel, string text)
    {
        if (_isAway) return;
        try
        {
            redis.Publish(channel, text);
        }
        catch (Exception problem) when (problem is RedisException or LobbyAwayException)
        {
            // It went away just now, or has not been called yet.
        }
    }

    /// <summary>Runs a script that may be run twice.</summary>
    /// <exception cref="LobbyAwayException">There was no answer in time.</exception>
    public Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values, bool evenIfAway = false) =>
        Ask(redis => redis.Run(script, keys, values), evenIfAway);

    /// <summary>Asks Redis something that may be asked twice: it is tried again if the line is cut meanwhile.</summary>
    /// <exception cref="LobbyAwayException">There was no answer in time.</exception>
    public async Task<T> Ask<T>(Func<IRedisServer, Task<T>> question, bool evenIfAway = false)
    {
        if (_isAway && !evenIfAway) throw new LobbyAwayException("Redis is away.");

        var begun = time.GetTimestamp();
        while (true)
        {
            var left = Patience - time.GetElapsedTime(begun);
            try
            {
                if (left <= TimeSpan.Zero) throw new TimeoutException();
                return await question(redis).WaitAsync(left, time);
            }
            catch (TimeoutException problem)
            {
                _isAway = true;
                throw new LobbyAwayException("Redis does not answer.", problem);
            }
            catch (RedisServerException problem) when (problem.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // Redis was started again and has forgotten it; the next try tells it.
            }
            catch (RedisException) when (time.GetElapsedTime(begun) < Patience - Pause)
            {
                await Task.Delay(Pause, time);
            }
            catch (RedisException problem)
            {
                _isAway = true;
                throw new LobbyAwayException("Redis is out of reach.", problem);
            }
        }
    }

    /// <summary>Redis has answered.</summary>
    public void Found() => _isAway = false;
}
