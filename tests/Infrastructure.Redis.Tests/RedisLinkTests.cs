using ConnectFour.Mutants;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>What the line to Redis makes of what it hears.</summary>
public sealed class RedisLinkTests
{
    [Fact]
    public async Task What_has_come_and_waits_is_not_heard_once_nothing_is_to_be_heard_any_more()
    {
        var (redis, heard) = (new SlowRedis(), new List<string>());
        var link = new RedisLink(redis, TimeProvider.System);
        await link.Hear(Keys.GamesChannel, heard.Add);

        redis.Say("before");
        link.HearNothing();
        redis.Say("after");

        Assert.Equal(["before"], heard);
    }

    /// <summary>Still reads what came before it was told to hear nothing.</summary>
    private sealed class SlowRedis() : RedisBehind(new RedisClient(RedisClient.Options("127.0.0.1:1")))
    {
        private Action<string> _take = _ => { };

        public void Say(string text) => _take(text);

        public override Task Subscribe(RedisChannel channel, Action<string> take)
        {
            _take = take;
            return Task.CompletedTask;
        }

        public override void UnsubscribeAll() { }
    }
}
