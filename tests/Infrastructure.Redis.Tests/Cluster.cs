using ConnectFour.Application.UseCases;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Condition = ConnectFour.TestKit.Condition;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Several nodes on one Redis, or on different ways to it, and one journal.</summary>
internal sealed class Cluster(LobbyRules? rules = null) : IAsyncDisposable
{
    private readonly List<RedisNode> _nodes = [];

    public SharedJournal Journal { get; } = new();

    public async Task<RedisNode> Add(string connectionString)
    {
        var node = await RedisNode.Start(connectionString, rules, services => services.AddSingleton(Journal));
        _nodes.Add(node);
        return node;
    }

    /// <summary>A game between a user of each node: the first was challenged, and starts.</summary>
    public static async Task<GameId> Play(RedisNode first, string ann, RedisNode second, string bob)
    {
        await second.Send(new ChallengeCommand(UserName.From(bob), ann, null));
        await Condition.Holds(async () => (await first.Find(ann))?.Invitation is not null);
        await first.Send(new AcceptCommand(UserName.From(ann), bob));
        await Condition.Holds(async () => (await second.Find(bob))?.Games.Length > 0);
        return (await second.Find(bob))!.Games[^1].Game;
    }

    /// <summary>Redis is made to have had another history, which led to a version that is so much higher than this node knows, with nobody there but these.</summary>
    public static async Task GoOnOtherwise(RedisNode node, int further, params User[] users)
    {
        var known = node.Get<LobbyStream>().Replica;
        var version = known.Version + further;
        await node.Get<RedisLink>().Run(
            """
            redis.call('DEL', KEYS[1], KEYS[2])
            redis.call('HSET', KEYS[1], '#epoch', ARGV[1], '#version', ARGV[2], '#mark', 'other')
            for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('XADD', KEYS[2], ARGV[2] .. '-0', 'mark', 'other', 'm', '{}')
            redis.call('PUBLISH', ARGV[3], table.concat({ARGV[1], ARGV[2], 'another', 'other', '{}'}, ' '))
            """,
            [Keys.Users, Keys.Log],
            [known.Epoch, version, Keys.LobbyChannel.ToString(), .. users.SelectMany(user => (RedisValue[])[StoredUser.Field(user.Name), StoredUser.Value(user, version)])]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
