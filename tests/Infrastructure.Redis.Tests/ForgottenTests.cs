using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>The lobby has forgotten people, and their nodes enter them again.</summary>
[Collection("One at a time")]
public sealed class ForgottenTests(SharedRedis redis) : IAsyncLifetime
{
    private readonly Cluster _cluster = new();

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Who_came_as_a_guest_and_has_registered_since_is_entered_as_an_account_with_the_tabs_on_all_nodes()
    {
        var (one, two) = (await _cluster.Add(redis.Server.ConnectionString), await _cluster.Add(redis.Server.ConnectionString));
        var token = Assert.IsType<Reply.Welcome>((await one.Connect("Ann")).Reply).Token!;
        await two.Connect(null, token.ToString());
        await one.Send(new EnrolCommand(token.Name, token.Credential, Credential.Of(1)));
        await Condition.Holds(() => ((RedisNode[])[one, two]).All(node => node.Get<OwnConnections>().All.Single().Value.Kind == UserKind.Account));

        await Cluster.GoOnOtherwise(one, 1);

        foreach (var node in (RedisNode[])[one, two])
        {
            await Condition.Holds(async () => await node.Find("Ann") is { Kind: UserKind.Account, Connections.Length: 2 });
            Assert.DoesNotContain(node.Heard.Lobby, happened => happened is LobbyEvent.LoggedOut);
        }
    }

    [Fact]
    public async Task Who_plays_has_the_seat_again_and_gives_it_up_when_the_game_ends()
    {
        var (one, two) = (await _cluster.Add(redis.Server.ConnectionString), await _cluster.Add(redis.Server.ConnectionString));
        await one.Connect("Ann");
        await two.Connect("Bob");
        var game = await Cluster.Play(one, "Ann", two, "Bob");
        await Condition.Holds(() => ((RedisNode[])[one, two]).All(node => node.Get<OwnConnections>().All.Single().Value.Games.Length == 1));

        await Cluster.GoOnOtherwise(one, 1);
        await Condition.Holds(() => Plays(one, "Bob", game));
        await Condition.Holds(() => Plays(two, "Ann", game));
        await two.Send(new QuitCommand(UserName.From("Bob"), game.Value));

        await Condition.Holds(async () => await one.Find("Bob") is { Games: [] } && await two.Find("Ann") is { Games: [] });
    }

    private static async Task<bool> Plays(RedisNode node, string name, GameId game) => await node.Find(name) is { Games: [var seat] } && seat.Game == game;
}
