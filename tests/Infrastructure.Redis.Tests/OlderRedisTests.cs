using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Redis comes back as it was a while ago: from a snapshot, or as a replica that lagged.</summary>
[Collection("One at a time")]
public sealed class OlderRedisTests : OnOwnRedis
{
    private static readonly User Dan = new(UserName.From("Dan"), UserKind.Guest, new Credential("dan"), DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task From_an_old_snapshot_the_lobby_is_back_as_it_was_last_and_nobody_is_told_anything()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await Redis.Ask("SAVE");
        await two.Connect("Bob");
        await two.Connect("Cy");
        var game = await Cluster.Play(one, "Ann", two, "Bob");
        await one.Send(new SetOpenCommand(UserName.From("Ann"), true));
        await two.Send(new ChallengeCommand(UserName.From("Cy"), "Ann", null));
        await Agree(one, two);
        var (before, heard) = (one.Get<LobbyStream>().Replica, one.Heard.Lobby.Count);

        await Redis.Kill();
        await Redis.StartAgain();

        await Condition.Holds(() => two.Get<LobbyStream>().Replica.Epoch != before.Epoch);
        await Agree(one, two);
        Assert.True(two.Get<LobbyStream>().Replica.Version > before.Version);
        Assert.Equal(["ANN", "BOB", "CY"], await Stored(one));
        Assert.Equal(game, (await two.Find("Ann"))!.Games.Single().Game);
        Assert.Equal(heard, one.Heard.Lobby.Count);
        Assert.IsType<Reply.Done>(await two.Send(new CancelCommand(UserName.From("Cy"), "Ann")));
    }

    [Fact]
    public async Task What_is_decided_before_anybody_noticed_is_decided_on_what_was_known()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await Redis.Ask("COPY {lobby}:users {lobby}:old");
        await two.Connect("Bob");
        await two.Send(new ChallengeCommand(UserName.From("Bob"), "Ann", null));
        await Agree(one, two);

        await Redis.Ask("COPY {lobby}:old {lobby}:users REPLACE");
        var reply = await one.Send(new AcceptCommand(UserName.From("Ann"), "Bob"));

        Assert.IsType<Reply.Done>(reply);
        await Condition.Holds(async () => (await two.Find("Bob"))!.Games.Length == 1);
    }

    [Fact]
    public async Task Where_Redis_has_gone_on_as_far_in_another_way_what_the_nodes_know_counts()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await two.Connect("Bob");
        await Agree(one, two);
        var before = one.Get<LobbyStream>().Replica;

        await Cluster.GoOnOtherwise(one, 0, Dan);

        await Condition.Holds(() => two.Get<LobbyStream>().Replica.Epoch != before.Epoch);
        await Agree(one, two);
        Assert.Equal(["ANN", "BOB"], await Stored(one));
    }

    [Fact]
    public async Task Where_Redis_has_gone_on_further_in_another_way_that_counts_and_the_nodes_tell_what_must_have_happened()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await two.Connect("Cy");
        await Agree(one, two);
        var before = one.Get<LobbyStream>().Replica;

        await Cluster.GoOnOtherwise(one, 1, Dan);

        await Condition.Holds(async () => await one.Find("Bob") is null && await one.Find("Dan") is not null && await two.Find("Dan") is not null);
        Assert.Equal(before.Epoch, one.Get<LobbyStream>().Replica.Epoch);
        await Condition.Holds(() => one.Heard.Lobby.Any(happened => happened is LobbyEvent.Connected { User.Name.Text: "Dan" } or LobbyEvent.WentAway { User.Name.Text: "Dan" })); // Told after it is known.
        await Condition.Holds(async () => (await two.Find("Ann"))?.IsHere == true && (await one.Find("Cy"))?.IsHere == true);
    }

    private async Task<(RedisNode One, RedisNode Two)> Start() => (await Nodes.Add(Redis.ConnectionString), await Nodes.Add(Redis.ConnectionString));

    private static Task Agree(RedisNode one, RedisNode two) => Condition.Holds(() => (one.Get<LobbyStream>().Replica.Version, one.Get<LobbyStream>().Replica.Mark) == (two.Get<LobbyStream>().Replica.Version, two.Get<LobbyStream>().Replica.Mark));

    private static async Task<string[]> Stored(RedisNode node) =>
        [.. ((string[])(await node.Get<RedisLink>().Run("return redis.call('HKEYS', KEYS[1])", [Keys.Users], []))!).Where(field => field[0] != '#').Order()];
}
