using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Several nodes on one Redis, or on different ways to it, and one journal.</summary>
internal sealed class Cluster(LobbyRules? rules = null) : IAsyncDisposable
{
    private readonly List<RedisNode> _nodes = [];

    public SharedJournal Journal { get; } = new();

    public async Task<RedisNode> Add(string connectionString)
    {
        var node = await RedisNode.Start(connectionString, rules, services => services.AddSingleton(provider => Journal.For(provider.GetRequiredService<IEvents>())));
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

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
