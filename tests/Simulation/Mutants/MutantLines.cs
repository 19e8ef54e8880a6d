using ConnectFour.Application;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.Redis.Wire;
using ConnectFour.Mutants;
using StackExchange.Redis;

namespace ConnectFour.Simulation.Tests.Mutants;

internal sealed class CarelessListener(SimulatedNode node, Audiences audiences) : RedisBehind(node.Redis)
{
    public override Task Subscribe(RedisChannel channel, Action<string> take) => base.Subscribe(channel, channel == Keys.GamesChannel ? TellOn : take);

    private void TellOn(string text)
    {
        var message = GameCodec.Decode(text);
        var events = node.World.Database.Read(new GameId(message.Game))[..message.Version];
        if (message.Node != node.Get<Node>().Prefix) audiences.PublishFromElsewhere(Game.Replay(events), events[^message.Events.Length..]);
    }
}

internal sealed class CarelessCommits(IRedisServer redis) : RedisBehind(redis)
{
    /// <summary>Before their number come epoch, version, mark, clock, channel, message, length and memory.</summary>
    private const int Read = 8;

    public override Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values) =>
        base.Run(script, keys, script == Scripts.Commit ? [.. values[..Read], 0, .. values[(Read + 1 + 2 * (int)values[Read])..]] : values);
}

internal sealed class CarelessBeats(SimulatedNode node) : RedisBehind(node.Redis)
{
    public override async Task<RedisResult> Run(string script, RedisKey[] keys, RedisValue[] values)
    {
        var answer = await base.Run(script, keys, values);
        if (script != Scripts.Beat || node.Get<LobbyStream>().Replica is not { Version: > 0 } known) return answer;
        return RedisResult.Create([known.Epoch, known.Version, known.Mark, .. ((RedisValue[])answer!)[3..]]);
    }
}
