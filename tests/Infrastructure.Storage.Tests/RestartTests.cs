using ConnectFour.Application;
using ConnectFour.Application.InMemory;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Time in which the server was away counts for no clock, however often it tried to come back.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_an_outage_the_running_clock_has_what_was_left_at_the_last_beat_and_ten_seconds()
    {
        var game = await Leave(after: TimeSpan.FromSeconds(20));

        using var next = new OpenJournal(_folder.Path, time: new FakeTimeProvider(OpenJournal.Start.AddHours(1)));
        await Restart(next);

        var resumed = (await next.Journal.Find(game.Id))!;
        Assert.Equal(TimeSpan.FromSeconds(50), resumed.Clock!.Remaining(Player.First, next.ServerTime.Now));
        Assert.Equal(resumed, Game.Replay(await next.Journal.Read(game.Id)));
    }

    [Fact]
    public async Task A_server_that_went_again_before_it_had_taken_up_the_games_has_not_been_there()
    {
        var game = await Leave(after: TimeSpan.FromSeconds(20));
        using (var failing = new OpenJournal(_folder.Path, time: new FakeTimeProvider(OpenJournal.Start.AddHours(1))))
            for (var beat = 0; beat < 10; beat++) failing.Time.Advance(ServerTime.Beat);

        using var next = new OpenJournal(_folder.Path, time: new FakeTimeProvider(OpenJournal.Start.AddHours(2)));
        await Restart(next);

        Assert.Equal(TimeSpan.FromSeconds(50), (await next.Journal.Find(game.Id))!.Clock!.Remaining(Player.First, next.ServerTime.Now));
    }

    [Fact]
    public async Task A_server_that_has_taken_up_the_games_is_there()
    {
        await Leave(after: TimeSpan.FromSeconds(20));
        using (var second = new OpenJournal(_folder.Path, time: new FakeTimeProvider(OpenJournal.Start.AddHours(1))))
        {
            await Restart(second);
            for (var beat = 0; beat < 10; beat++) second.Time.Advance(ServerTime.Beat);
        }

        using var third = new OpenJournal(_folder.Path, time: new FakeTimeProvider(OpenJournal.Start.AddHours(2)));

        Assert.Equal(OpenJournal.Start.AddHours(1).AddSeconds(5), (await third.Journal.Running()).Left);
    }

    [Fact]
    public async Task More_games_than_can_wait_at_once_are_all_taken_up()
    {
        const int many = 300;
        using (var before = new OpenJournal(_folder.Path))
            await Task.WhenAll(Enumerable.Range(0, many).Select(number => Start(before, $"g{number}")));

        using var next = new OpenJournal(_folder.Path, settings: new StorageSettings { Queue = 2, Group = 2 }, time: new FakeTimeProvider(OpenJournal.Start.AddHours(1)));
        await Restart(next);

        var running = (await next.Journal.Running()).Games;
        Assert.Equal(many, running.Length);
        Assert.All(running, game => Assert.Equal(2, game.Version));
    }

    /// <summary>A game of a minute a side, and a server that goes after this time.</summary>
    private async Task<Game> Leave(TimeSpan after)
    {
        using var before = new OpenJournal(_folder.Path);
        var game = await Start(before, "g");
        for (var passed = TimeSpan.Zero; passed < after; passed += ServerTime.Beat) before.Time.Advance(ServerTime.Beat);
        return game;
    }

    private static async Task<Game> Start(OpenJournal open, string id)
    {
        var (first, second) = (Chronicle.People[0], Chronicle.People[1]);
        var started = new GameEvent.Started(
            new GameId(id), new Seat(first.Name, DiscColour.Red), new Seat(second.Name, DiscColour.Yellow), TimeControl.From(60, 0), open.ServerTime.Now);
        await open.Journal.Start(started, first, second);
        return Game.Start(started);
    }

    private static Task Restart(OpenJournal open) => new Recovery(open.Journal, new InMemoryLobby(new LobbyRules(), new RecordedEvents()), new RecordedEvents(), open.ServerTime).Restart();
}
