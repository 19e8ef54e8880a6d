using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Mutants;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Others are always faster: nobody waits for that for ever.</summary>
[Collection("One at a time")]
public sealed class BusyLobbyTests(SharedRedis redis) : IAsyncLifetime
{
    private static readonly UserName Ann = UserName.From("Ann");

    private BusyRedis? _line;
    private RedisNode? _node;

    private RedisNode Node => _node!;

    public async ValueTask InitializeAsync()
    {
        await redis.Server.Ask("FLUSHALL");
        _line = new BusyRedis(new RedisClient(RedisClient.Options(redis.Server.ConnectionString)));
        _node = await RedisNode.Start(redis.Server.ConnectionString, null, services => services.AddSingleton<IRedisServer>(_ => _line));
        await Node.Connect("Ann");
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    [Fact]
    public async Task A_decision_is_answered_as_not_taken_within_5_s()
    {
        _line!.IsBusy = true;

        var reply = await Node.Send(new SetOpenCommand(Ann, true)).WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(new Reply.NotStored(AppendResult.Unavailable), reply);
        Assert.False((await Node.Find("Ann"))!.OpenToMore);
    }

    [Fact]
    public async Task What_is_only_told_is_given_up_as_well()
    {
        _line!.IsBusy = true;

        var telling = Node.Get<RedisLobby>().Announce(new LobbyEvent.SeatsLeft(new GameId("game"))).AsTask().WaitAsync(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<LobbyAwayException>(() => telling);
    }

    /// <summary>A Redis in which somebody else has always changed what is to be changed.</summary>
    private sealed class BusyRedis(IRedisServer redis) : RedisBehind(redis)
    {
        public bool IsBusy { get; set; }

        public override Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) =>
            IsBusy && script == Scripts.Commit ? Task.FromResult(RedisResult.Create(["changed"])) : base.Run(script, keys, values);
    }
}
