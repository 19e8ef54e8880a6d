using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

[Collection("One at a time")]
public sealed class TwoNodesTests(SharedRedis redis) : IAsyncLifetime
{
    private const int Rounds = 300;

    private readonly Cluster _cluster = new();

    public async ValueTask InitializeAsync() => await redis.Server.Ask("FLUSHALL");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Who_connects_to_one_node_is_seen_on_the_other()
    {
        var (one, two) = await Start();

        await one.Connect("Ann");

        await Condition.Holds(async () => (await two.Lobby.List(10)).Users.Any(user => user.Name.Text == "Ann"));
        Assert.Equal((await one.Lobby.List(10)).Version, (await two.Lobby.List(10)).Version);
    }

    [Fact]
    public async Task Two_tabs_of_one_person_on_two_nodes_are_one_user()
    {
        var (one, two) = await Start();
        var (tab, welcome) = await one.Connect("Ann");
        var token = Assert.IsType<Reply.Welcome>(welcome).Token!.ToString();

        Assert.IsType<Reply.Welcome>((await two.Connect(null, token)).Reply);
        await one.Send(new DisconnectCommand(UserName.From("Ann"), tab, OnPurpose: true));

        Assert.Single((await one.Find("Ann"))!.Connections);
        Assert.IsType<Reply.Refused>((await two.Connect("Ann")).Reply);
    }

    [Fact]
    public async Task A_game_between_two_nodes_is_told_on_both_each_version_once_in_order()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await two.Connect("Bob");
        var game = await Cluster.Play(one, "Ann", two, "Bob");

        for (var ply = 0; ply < 6; ply++)
        {
            var (node, name) = ply % 2 == 0 ? (one, "Ann") : (two, "Bob");
            await Condition.Holds(() => node.HeardOf(game).Any(step => step.Version == ply + 1)); // Nobody answers what they have not seen.
            Assert.IsType<Reply.Moved>(await node.Send(new MoveCommand(UserName.From(name), game.Value, ply, ply % 2 + 1)));
        }
        await one.Send(new MoveCommand(UserName.From("Ann"), game.Value, 6, 1));

        foreach (var node in (RedisNode[])[one, two])
        {
            await Condition.Holds(() => node.HeardOf(game).Count() >= 9);
            Assert.Equal(Enumerable.Range(1, 9), node.HeardOf(game).Select(step => step.Version));
            await Condition.Holds(async () => (await node.Find("Ann"))!.Games.IsEmpty && (await node.Find("Bob"))!.Tally.Losses == 1);
        }
    }

    [Fact]
    public async Task However_challenge_accept_and_cancel_race_across_nodes_both_ends_agree()
    {
        var (one, two) = await Start();
        var (ann, bob) = (UserName.From("Ann"), UserName.From("Bob"));
        await one.Connect("Ann");
        await two.Connect("Bob");
        var random = new Random(1);

        for (var round = 0; round < Rounds; round++)
        {
            (RedisNode Node, ICommand Command)[] acts =
            [
                (one, new ChallengeCommand(ann, "Bob", null)), (two, new ChallengeCommand(bob, "Ann", null)), (one, new CancelCommand(ann, "Bob")),
                (two, new AcceptCommand(bob, "Ann")), (two, new DeclineCommand(bob, "Ann")), (one, new AcceptCommand(ann, "Bob")),
            ];
            random.Shuffle(acts);

            var replies = await Task.WhenAll(acts.Select(act => Task.Run(() => act.Node.Send(act.Command))));

            Assert.All(replies, reply => Assert.True(reply is Reply.Done or Reply.Refused));
            await Agree(one, two);

            foreach (var seat in (await one.Find("Ann"))!.Games) await one.Send(new QuitCommand(ann, seat.Game.Value));
            await one.Send(new CancelCommand(ann, "Bob"));
            await two.Send(new CancelCommand(bob, "Ann"));
            await Agree(one, two);
        }

        // Each invitation ended exactly once, and both nodes tell the same story.
        Assert.Equal(one.Heard.Lobby.Select(Story), two.Heard.Lobby.Select(Story));
        Assert.Equal(one.Heard.Lobby.OfType<LobbyEvent.Challenged>().Count(), one.Heard.Lobby.OfType<LobbyEvent.InvitationEnded>().Count());
    }

    [Fact]
    public async Task An_invitation_that_nobody_answers_expires_once_though_both_nodes_sweep()
    {
        await using var cluster = new Cluster(new LobbyRules { InvitationLifetime = TimeSpan.FromSeconds(1) });
        var (one, two) = (await cluster.Add(redis.Server.ConnectionString), await cluster.Add(redis.Server.ConnectionString));
        await one.Connect("Ann");
        await two.Connect("Bob");
        await one.Send(new ChallengeCommand(UserName.From("Ann"), "Bob", null));

        await Condition.Holds(async () =>
        {
            await Task.WhenAll(one.Get<Sweeper>().Sweep(), two.Get<Sweeper>().Sweep());
            return (await one.Find("Bob"))?.State == UserState.Available && (await two.Find("Ann"))?.State == UserState.Available;
        });

        Assert.Equal(InvitationEnd.Expired, Assert.Single(one.Heard.Lobby.OfType<LobbyEvent.InvitationEnded>()).How);
        Assert.Single(two.Heard.Lobby.OfType<LobbyEvent.InvitationEnded>());
    }

    [Fact]
    public async Task Who_looks_on_at_one_node_counts_at_the_other()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await two.Connect("Bob");
        var (tab, _) = await two.Connect("Cy");
        var game = await Cluster.Play(one, "Ann", two, "Bob");
        var (here, there) = (one.Get<Application.Ports.IWatchers>(), two.Get<Application.Ports.IWatchers>());

        await two.Send(new WatchCommand(UserName.From("Cy"), tab, game.Value));
        there.Changed();
        await Condition.Holds(() => here.Changed().Contains(game));
        var watching = here.Of(game);
        await two.Send(new UnwatchCommand(UserName.From("Cy"), tab, game.Value));
        there.Changed();

        Assert.Equal([UserName.From("Cy")], watching.AsEnumerable());
        await Condition.Holds(() => here.Of(game).IsEmpty);
    }

    private async Task<(RedisNode One, RedisNode Two)> Start() => (await _cluster.Add(redis.Server.ConnectionString), await _cluster.Add(redis.Server.ConnectionString));

    private static async Task Agree(RedisNode one, RedisNode two)
    {
        await Condition.Holds(async () => (await one.Lobby.List(10)).Version == (await two.Lobby.List(10)).Version);
        foreach (var node in (RedisNode[])[one, two])
        {
            var (ann, bob) = ((await node.Find("Ann"))!, (await node.Find("Bob"))!);
            Assert.Equal(ann.Invitation, bob.Invitation);
            Assert.Equal(ann.Games.Select(seat => seat.Game), bob.Games.Select(seat => seat.Game));
        }
    }

    private static string Story(LobbyEvent happened) => happened switch
    {
        LobbyEvent.Challenged challenged => $"{challenged.Invitation}",
        LobbyEvent.InvitationEnded ended => $"{ended.Invitation} {ended.How} {ended.Game}",
        LobbyEvent.SeatsTaken taken => $"{taken.Game} {taken.First} {taken.Second}",
        LobbyEvent.SeatsLeft left => $"{left.Game}",
        _ => happened.GetType().Name,
    };
}
