using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.TestKit.Contracts;

namespace ConnectFour.Application.Tests;

public sealed class InMemoryGameJournalTests : GameJournalContract
{
    protected override IGameJournal Create(IEvents audience) => new InMemoryGameJournal(audience);

    [Fact]
    public async Task Of_the_finished_games_only_the_latest_are_kept_and_of_the_running_ones_all()
    {
        var journal = new InMemoryGameJournal(new RecordedEvents(), finishedKept: 2);
        var running = await Start(journal, "running");

        foreach (var id in (string[])["a", "b", "c"])
        {
            var quit = (Decision<Game, GameEvent>.Accepted)(await Start(journal, id)).Quit(UserName.From("Ann"), DateTimeOffset.UnixEpoch);
            await journal.Append(quit.Next, quit.Events);
        }

        Assert.Null(await journal.Find(new GameId("a")));
        Assert.NotNull(await journal.Find(new GameId("b")));
        Assert.NotNull(await journal.Find(new GameId("c")));
        Assert.Equal(running, await journal.Find(running.Id));
    }

    private static async Task<Game> Start(InMemoryGameJournal journal, string id)
    {
        var started = new GameEvent.Started(
            new GameId(id), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Yellow), null, DateTimeOffset.UnixEpoch);
        await journal.Append(Game.Start(started), [started]);
        return Game.Start(started);
    }
}

public sealed class InMemoryLobbyTests : LobbyContract
{
    protected override ILobby Create(LobbyRules rules, IEvents audience) => new InMemoryLobby(rules, audience);
}

public sealed class InMemoryWatchersTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly GameId Game = new("g");

    private static readonly ConnectionId Tab = new("1");
    private static readonly ConnectionId OtherTab = new("2");

    [Fact]
    public void Watching_twice_is_watching_once()
    {
        var watchers = new InMemoryWatchers(new LobbyRules());
        watchers.Watch(Ann, Tab, Game);

        var again = watchers.Watch(Ann, Tab, Game);

        Assert.True(again);
        Assert.Equal([Ann], watchers.Of(Game).AsEnumerable());
    }

    [Fact]
    public void A_connection_watches_no_more_games_than_allowed()
    {
        var watchers = new InMemoryWatchers(new LobbyRules { MaxWatched = 1 });
        watchers.Watch(Ann, Tab, Game);

        var second = watchers.Watch(Ann, Tab, new GameId("h"));
        watchers.Unwatch(Tab, Game);
        var instead = watchers.Watch(Ann, Tab, new GameId("h"));

        Assert.False(second);
        Assert.True(instead);
    }

    [Fact]
    public void What_one_tab_no_longer_watches_another_one_still_does()
    {
        var watchers = new InMemoryWatchers(new LobbyRules());
        watchers.Watch(Ann, Tab, Game);
        watchers.Watch(Ann, OtherTab, Game);

        watchers.Unwatch(Tab, Game);
        var afterTheFirst = watchers.Of(Game);
        watchers.Forget(OtherTab);

        Assert.Equal([Ann], afterTheFirst.AsEnumerable());
        Assert.Empty(watchers.Of(Game));
    }

    [Fact]
    public void A_finished_game_and_a_connection_that_closed_are_forgotten()
    {
        var watchers = new InMemoryWatchers(new LobbyRules { MaxWatched = 1 });
        watchers.Watch(Ann, Tab, Game);
        watchers.Watch(Bob, OtherTab, Game);

        watchers.Forget(Tab);
        var left = watchers.Of(Game);
        watchers.Forget(Game);

        Assert.Equal([Bob], left.AsEnumerable());
        Assert.Empty(watchers.Of(Game));
        Assert.True(watchers.Watch(Bob, OtherTab, new GameId("h")));
    }
}
