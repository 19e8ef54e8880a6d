using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Soft means soft: whatever Redis loses or keeps from the nodes, no game does, and views are right again soon.</summary>
[Collection("One at a time")]
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    private readonly Cluster _cluster = new(new LobbyRules { GraceWithoutGame = TimeSpan.FromSeconds(1) });
    private RedisServer? _redis;
    private FaultProxy? _way;

    private RedisServer Redis => _redis!;

    private FaultProxy Way => _way!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        _way = FaultProxy.Before(Redis.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Way.DisposeAsync();
        await Redis.DisposeAsync();
    }

    [Fact]
    public async Task After_a_flush_the_lobby_is_back_within_5_s_with_its_games_and_invitations()
    {
        var (one, two, game) = await Playing();
        await one.Connect("Cy");
        await two.Connect("Dan");
        await one.Send(new ChallengeCommand(UserName.From("Cy"), "Dan", null));
        var before = await one.Lobby.List(10);

        await Redis.Ask("FLUSHALL");

        await Within(5, async () => await Stored() == 4);
        Assert.IsType<Reply.Done>(await two.Send(new AcceptCommand(UserName.From("Dan"), "Cy")));
        Assert.IsType<Reply.Moved>(await one.Send(new MoveCommand(Ann, game.Value, 0, 4)));
        foreach (var node in (RedisNode[])[one, two])
        {
            await Within(5, async () => (await node.Lobby.List(10)) is { Online: 4 } list && list.Version > before.Version);
            await Within(5, async () => (await node.Find("Ann"))!.Games.Single().Game == game && (await node.Find("Cy"))!.State == UserState.Playing);
            Assert.DoesNotContain(node.Heard.Lobby, happened => happened is LobbyEvent.WentAway or LobbyEvent.Left);
        }
    }

    [Fact]
    public async Task A_Redis_that_is_killed_and_comes_back_empty_costs_nobody_anything()
    {
        var (one, two, game) = await Playing();

        await Redis.Kill();
        var move = await one.Send(new MoveCommand(Ann, game.Value, 0, 4));
        await Redis.StartAgain();

        Assert.IsType<Reply.Moved>(move);
        await Within(5, async () => await Stored() == 2);
        await Within(5, () => Task.FromResult(two.HeardOf(game).Any(step => step.Version == 2)));
        await Within(5, async () => await one.Send(new ChallengeCommand(Ann, "Zed", null)) is Reply.Refused { Why: Refusal.UnknownUser });
        Assert.Equal([game], (await two.Find("Bob"))!.Games.Select(seat => seat.Game));
    }

    [Fact]
    public async Task While_Redis_is_paused_moves_go_on_and_show_on_the_other_node_within_2_s_and_nothing_hangs()
    {
        var (one, two, game) = await Playing();

        await Redis.Signal("STOP");
        Assert.IsType<Reply.Moved>(await one.Send(new MoveCommand(Ann, game.Value, 0, 4)));
        await Within(2.5, () => Task.FromResult(two.HeardOf(game).Any(step => step.Version == 2)));
        var begun = TimeProvider.System.GetTimestamp();
        var unavailable = await one.Send(new SetOpenCommand(Ann, true));
        var took = TimeProvider.System.GetElapsedTime(begun);
        Assert.IsType<Reply.Moved>(await two.Send(new MoveCommand(Bob, game.Value, 1, 4)));
        await Within(2, () => Task.FromResult(one.HeardOf(game).Any(step => step.Version == 3)));
        await Redis.Signal("CONT");

        Assert.Equal(new Reply.NotStored(AppendResult.Unavailable), unavailable);
        Assert.InRange(took.TotalSeconds, 0, 2);
        await Within(5, async () => await one.Send(new SetOpenCommand(Bob, true)) is Reply.Done);
        Assert.False((await one.Find("Ann"))!.OpenToMore, "What was answered as not done is not done later.");
        foreach (var node in (RedisNode[])[one, two]) Assert.Equal([1, 2, 3], node.HeardOf(game).Select(step => step.Version));
        Assert.DoesNotContain(one.Heard.Lobby, happened => happened is LobbyEvent.WentAway or LobbyEvent.Left);
    }

    [Fact]
    public async Task A_node_that_is_cut_off_goes_on_playing_and_both_sides_see_it()
    {
        var one = await _cluster.Add(Redis.ConnectionString);
        var two = await _cluster.Add($"{Way.Address.Host}:{Way.Address.Port}");
        var game = await Playing(one, two);

        Way.Fail(Fault.BlackHole);
        Assert.Equal(new Reply.Refused(Refusal.NotYourTurn), await two.Send(new MoveCommand(Bob, game.Value, 0, 4)));
        Assert.IsType<Reply.Moved>(await one.Send(new MoveCommand(Ann, game.Value, 0, 4)));
        await Within(3, () => Task.FromResult(two.HeardOf(game).Any(step => step.Version == 2)));
        Assert.IsType<Reply.Moved>(await two.Send(new MoveCommand(Bob, game.Value, 1, 4)));
        await Within(3, () => Task.FromResult(one.HeardOf(game).Any(step => step.Version == 3)));
        Assert.True(two.Get<RedisHealth>().IsReady);
        Way.Fail(Fault.None);
        Way.Reset();

        await one.Connect("Cy");
        await Within(10, async () => await two.Find("Cy") is not null);
        await Within(10, async () => (await one.Find("Bob"))?.IsHere == true && (await two.Find("Bob"))?.IsHere == true);
    }

    [Fact]
    public async Task The_users_of_a_node_that_died_are_away_within_20_s_and_told_so_once()
    {
        var (one, two, game) = await Playing();
        await two.Connect("Cy");
        await one.Connect("Eve");

        await two.Kill();

        await Within(20, async () => (await one.Find("Bob"))?.IsHere == false && (await one.Find("Cy"))?.IsHere != true);
        Assert.Single(one.Heard.Lobby.OfType<LobbyEvent.WentAway>(), away => away.User.Name == Bob);
        Assert.Equal([game], (await one.Find("Bob"))!.Games.Select(seat => seat.Game));
        Assert.True((await one.Find("Eve"))!.IsHere);
    }

    [Fact]
    public async Task What_the_bus_loses_is_noticed_and_told_after_all()
    {
        var one = await _cluster.Add(Redis.ConnectionString);
        var two = await _cluster.Add(Redis.ConnectionString);
        var game = await Playing(one, two);

        // Every subscription of the second node goes, without a word to it.
        two.Get<IRedisServer>().UnsubscribeAll();
        await one.Send(new MoveCommand(Ann, game.Value, 0, 4));
        await one.Connect("Cy");
        await one.Send(new ChallengeCommand(UserName.From("Cy"), "Bob", null));
        await one.Send(new SetOpenCommand(Ann, true));

        await Within(10, () => Task.FromResult(two.HeardOf(game).Any(step => step.Version == 2)));
        await Within(5, async () => (await two.Find("Ann"))!.OpenToMore && await two.Find("Cy") is not null);
        Assert.Contains(two.Heard.Lobby, happened => happened is LobbyEvent.Connected { User.Name.Text: "Cy" });
    }

    [Fact]
    public async Task What_comes_twice_is_told_once()
    {
        var (one, two, game) = await Playing();
        await one.Send(new MoveCommand(Ann, game.Value, 0, 4));
        await Within(5, () => Task.FromResult(two.HeardOf(game).Any(step => step.Version == 2)));
        var (heard, version) = (two.Heard.Lobby.Count, two.Get<LobbyStream>().Replica);

        var drop = (await _cluster.Journal.For(one.Get<IEvents>()).Find(game))!;
        await Redis.Ask($$"""PUBLISH {games}:events {"node":"x","game":"{{game}}","version":2,"events":[{"kind":"dropped","at":5,"column":4}]}""");
        await Redis.Ask($$"""PUBLISH {lobby}:events "{{version.Epoch}} {{version.Version}} - {{version.Mark}} {\"events\":[{\"kind\":\"seatsLeft\",\"game\":\"g\"}]}" """);
        await two.Send(new MoveCommand(Bob, game.Value, 1, 4));
        await one.Connect("Cy");

        Assert.Equal(2, drop.Version);
        await Within(5, () => Task.FromResult(one.HeardOf(game).Any(step => step.Version == 3)));
        Assert.Equal([1, 2, 3], two.HeardOf(game).Select(step => step.Version));
        await Within(5, async () => await two.Find("Cy") is not null);
        Assert.Equal(heard + 1, two.Heard.Lobby.Count);
    }

    private async Task<(RedisNode One, RedisNode Two, GameId Game)> Playing()
    {
        var (one, two) = (await _cluster.Add(Redis.ConnectionString), await _cluster.Add(Redis.ConnectionString));
        return (one, two, await Playing(one, two));
    }

    private static async Task<GameId> Playing(RedisNode one, RedisNode two)
    {
        await one.Connect("Ann");
        await two.Connect("Bob");
        await Condition.Holds(async () => await one.Find("Bob") is not null && await two.Find("Ann") is not null);
        return await Cluster.Play(one, "Ann", two, "Bob");
    }

    /// <summary>How many users Redis has: the lobby is a field for each, and three of its own.</summary>
    private async Task<int> Stored() => await Redis.Ask("HLEN {lobby}:users") is [':', .. var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) - 3 : 0;

    private static async Task Within(double seconds, Func<Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await Condition.Holds(condition);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, seconds);
    }
}
