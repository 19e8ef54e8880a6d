using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Postgres;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>PostgreSQL stands still, goes, and comes back; and all servers do.</summary>
public sealed class OutageTests : IDisposable
{
    private const int Lines = 5;

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
        await Open(open, new StorageSettings().Connections);
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
        var known = await open.Journal.Recall(game.Id);
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

    [Theory]
    [InlineData(8)]
    [InlineData(13)] // Until after the lines were taken for dead, and each start was said again.
    public async Task A_game_whose_start_is_stored_only_when_the_database_goes_on_begins_then(int seconds)
    {
        using var open = new OpenPostgresJournal(_database, settings: new StorageSettings { Connections = Lines });
        await open.Journal.Running();
        await Open(open, Lines);
        var control = TimeControl.From(5, 0);

        _server.Suspend();
        var starts = Enumerable.Range(0, Lines).Select(number => open.Starting($"g{number}", control)).ToArray();
        var results = await Task.WhenAll(starts.Select(started => open.Journal.Start(started, Play.Person("Ann"), Play.Person("Bob")).AsTask()));
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);
        _server.Suspend(false);
        await Condition.Holds(() => starts.All(started => open.Events.Games.Any(heard => heard.Game.Id == started.Game)));

        Assert.All(results, result => Assert.Equal(AppendResult.Pending, result));
        foreach (var started in starts)
        {
            var stored = (await open.Journal.Read(started.Game))[0];
            Assert.InRange(stored.At - started.At, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
            Assert.Equal(started with { At = stored.At }, stored);
            Assert.Equal(stored, open.Events.Games.First(heard => heard.Game.Id == started.Game).Events.Single());
            Assert.Equal(AppendResult.Conflict, await open.Journal.Start(started, Play.Person("Ann"), Play.Person("Bob")));
        }
        await using var source = NpgsqlDataSource.Create(_database);
        await using var flags = source.CreateCommand("SELECT bool_and(flag_at >= started_at + 5000) FROM games WHERE initial IS NOT NULL");
        Assert.True(await flags.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true);
    }

    [Fact]
    public async Task Whoever_is_to_move_after_a_move_that_waited_for_long_gets_that_time_back_before_a_flag_falls()
    {
        await using var network = FaultProxy.Before(new Uri($"tcp://127.0.0.1:{_server.Port}"));
        using var open = new OpenPostgresJournal(_server.ConnectionString(new NpgsqlConnectionStringBuilder(_database).Database!, network.Address.Port));
        using var other = new OpenPostgresJournal(_database);
        await Task.WhenAll(open.Journal.Running().AsTask(), other.Journal.Running().AsTask());
        var game = await open.Start("g", TimeControl.From(5, 0));

        network.Fail(Fault.Stall);
        var drop = open.Decide(game, 4);
        var result = await open.Journal.Append(drop.Next, drop.Events);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, TestContext.Current.CancellationToken);
        network.Fail(Fault.None);
        var due = new List<int>();
        await Condition.Holds(async () =>
        {
            var version = (await other.Journal.Read(game.Id)).Length;
            if (!(await other.Journal.FlagsDue(other.ServerTime.Now)).IsEmpty) due.Add(version);
            return version == 3;
        });

        Assert.Equal(AppendResult.Pending, result);
        Assert.All(due, version => Assert.Equal(1, version)); // It was the first player's.
        var resumed = Assert.IsType<GameEvent.Resumed>((await other.Journal.Read(game.Id))[2]);
        Assert.Equal(TimeSpan.FromSeconds(5) + Recovery.TimeToFindBack, resumed.Remaining);
        Assert.True(resumed.At - drop.Events[0].At > TimeSpan.FromSeconds(5));
        await Condition.Holds(() => open.Events.Games.Count == 3);
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

    /// <summary>As many lines as the journal may write on at once: what it would open one for while the database stands still, it would not say at all.</summary>
    private static async Task Open(OpenPostgresJournal open, int lines)
    {
        foreach (var line in await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => open.Database.Connect(TestContext.Current.CancellationToken).AsTask()))) await line.DisposeAsync();
    }
}
