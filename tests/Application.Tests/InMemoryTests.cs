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

public sealed class InMemoryWatchersTests : WatchersContract
{
    protected override IWatchers Create(LobbyRules rules) => new InMemoryWatchers(rules);
}
