using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Postgres;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>PostgreSQL stands still, goes, and comes back; and all servers do.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly string _database;

    public OutageTests()
    {
        _database = _server.ConnectionString(_server.Create());
        Registration.MigratePostgres(_database + ";Pooling=false");
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task While_the_database_stands_still_moves_are_pending_and_then_each_is_stored_once()
    {
        using var open = new OpenPostgresJournal(_database);
        var games = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => open.Start($"g{number}")));

        _server.Suspend();
        var results = await Task.WhenAll(games.Select(game => open.Drop(game, 4)));
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        _server.Suspend(false);
        await Condition.Holds(async () => (await Task.WhenAll(games.Select(game => open.Journal.Read(game.Id).AsTask()))).All(events => events.Length == 2));

        Assert.All(results, result => Assert.Equal(AppendResult.Pending, result));
        await Condition.Holds(() => open.Events.Games.Count == 60);
        foreach (var game in games) Assert.Equal("4", (await open.Find(game.Id.Value)).Moves.ToString());
    }

    [Fact]
    public async Task When_the_database_has_gone_a_move_is_pending_then_unavailable_and_stored_when_it_is_back()
    {
        using var open = new OpenPostgresJournal(_database);
        var (game, another) = (await open.Start("g"), await open.Start("another"));
        await Condition.Holds(() => open.Journal.IsAvailable);

        _server.Kill();
        var first = await open.Drop(game, 4);
        var second = await open.Drop(another, 5);
        var known = await open.Find("g");
        var during = (open.Journal.IsAvailable, await open.Journal.FlagsDue(open.ServerTime.Now));
        _server.StartAgain();
        await Condition.Holds(() => open.Journal.IsAvailable);
        await Condition.Holds(async () => (await open.Find("g")).Moves.ToString() == "4");
        await Condition.Holds(async () => await open.Drop(await open.Find("another"), 6) == AppendResult.Committed);

        Assert.Equal((AppendResult.Pending, AppendResult.Unavailable), (first, second));
        Assert.Equal(game, known);
        Assert.False(during.IsAvailable);
        Assert.Empty(during.Item2);
        Assert.Equal("6", (await open.Find("another")).Moves.ToString());
        Assert.False(open.Journal.Failed.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_joins_others_who_are_there_gives_nothing_back()
    {
        using var first = new OpenPostgresJournal(_database);
        await first.Journal.Running();
        var game = await first.Start("g", TimeControl.From(60, 0));

        using var second = new OpenPostgresJournal(_database);
        var running = await second.Journal.Running();

        Assert.Equal([game], running.Games);
        Assert.InRange(second.ServerTime.Now - running.Left!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task When_the_database_was_away_from_all_servers_no_clock_ran_meanwhile()
    {
        using var one = new OpenPostgresJournal(_database);
        using var other = new OpenPostgresJournal(_database);
        await Task.WhenAll(one.Journal.Running().AsTask(), other.Journal.Running().AsTask());
        var game = await one.Start("g", TimeControl.From(10, 0));

        _server.Kill();
        await Task.Delay(TimeSpan.FromSeconds(9), TimeProvider.System, TestContext.Current.CancellationToken);
        var stood = one.ServerTime.Now;
        _server.StartAgain();
        await Condition.Holds(async () => one.Journal.IsAvailable && (await one.Find("g")).Version == 2);
        await Condition.Holds(() => one.ServerTime.Now - stood > TimeSpan.FromSeconds(5));

        var resumed = await one.Find("g");
        Assert.Single((await other.Journal.Read(game.Id)).OfType<GameEvent.Resumed>());
        Assert.InRange(resumed.Clock!.Remaining(Player.First, one.ServerTime.Now), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_server_whose_lines_are_all_busy_is_there_all_the_same()
    {
        using var open = new OpenPostgresJournal(_database + ";Maximum Pool Size=1");
        await open.Journal.Running();

        await using var busy = await open.Database.Connect(TestContext.Current.CancellationToken);
        await Task.Delay(2 * Heart.Outage, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(open.Journal.IsAvailable);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_no_outage()
    {
        using var open = new OpenPostgresJournal(_database);
        await open.Journal.Running();
        var game = await open.Start("g", TimeControl.From(60, 0));

        // What the clock shows after it was set back by an hour, beside a server that went ten minutes before.
        await using (var source = NpgsqlDataSource.Create(_database))
        await using (var command = source.CreateCommand(
            "WITH own AS (UPDATE nodes SET beat = beat + 3600000) INSERT INTO nodes (id, beat) VALUES (gen_random_uuid(), floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint - 600000)"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Task.Delay(Heart.Outage, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(open.Journal.IsAvailable);
        Assert.Single(await open.Journal.Read(game.Id));
    }
}
