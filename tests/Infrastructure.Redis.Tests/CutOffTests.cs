using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>One node is cut off from Redis, and not from the journal: its people play on.</summary>
[Collection("One at a time")]
public sealed class CutOffTests : IAsyncLifetime
{
    private readonly Cluster _cluster = new(new LobbyRules { Grace = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(1) });
    private RedisServer? _redis;
    private FaultProxy? _way;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        _way = FaultProxy.Before(_redis.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _way!.DisposeAsync();
        await _redis!.DisposeAsync();
    }

    [Fact]
    public async Task Its_people_are_here_for_as_long_as_it_beats_in_the_journal_and_no_longer()
    {
        var (one, two) = await Start();
        await one.Connect("Ann");
        await two.Connect("Bob");
        await Condition.Holds(async () => await one.Find("Bob") is not null);
        _cluster.Journal.Beating = [two.Get<Node>()];

        _way!.Fail(Fault.BlackHole);
        await Condition.Holds(() => one.Get<Pulse>().GoneFor(one.Get<Node>().Prefix).Contains(two.Get<Node>().Prefix));
        for (var looks = 0; looks < 3; looks++) await one.Get<Presence>().Reconcile(CancellationToken.None);
        var (isHere, isWell) = ((await one.Find("Bob"))!.IsHere, one.Get<Pulse>().IsWell);
        _cluster.Journal.Beating = [];

        Assert.True(isHere);
        Assert.False(isWell, "What it commits is looked for in the journal, as often as while it was not yet taken for gone.");
        await Condition.Holds(async () => await one.Find("Bob") is not { IsHere: true });
    }

    [Fact]
    public async Task It_ends_nobodys_game_for_an_absence_that_may_be_over_elsewhere()
    {
        var (one, two) = await Start();
        var (tab, welcome) = await one.Connect("Ann");
        await two.Connect("Bob");
        await Condition.Holds(async () => await one.Find("Bob") is not null && await two.Find("Ann") is not null);
        var game = await Cluster.Play(one, "Ann", two, "Bob");
        await one.Send(new DisconnectCommand(UserName.From("Ann"), tab, OnPurpose: false));
        await Condition.Holds(async () => (await two.Find("Ann"))!.LeavesAt is not null);

        _way!.Fail(Fault.BlackHole);
        await one.Connect(null, Assert.IsType<Reply.Welcome>(welcome).Token!.ToString());
        await Condition.Holds(async () => (await two.Find("Ann"))!.IsOverdue(two.Get<ServerTime>().Now));

        await Assert.ThrowsAsync<LobbyAwayException>(() => two.Get<Sweeper>().Sweep());
        Assert.Null((await two.Get<IGameJournal>().Find(game))!.Outcome);
    }

    private async Task<(RedisNode One, RedisNode Two)> Start() => (await _cluster.Add(_redis!.ConnectionString), await _cluster.Add($"{_way!.Address.Host}:{_way.Address.Port}"));
}
