using ConnectFour.Application;
using ConnectFour.Infrastructure.Storage.Postgres;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>After an outage of all servers the clocks get their time back, whatever happens to whoever gives it.</summary>
public sealed class GiveBackTests(PostgresCluster cluster)
{
    private const int MakesNoGame = 3007;
    private const int Refused = 3010;

    private readonly string _database = cluster.Database();

    [Fact]
    public async Task Two_servers_that_start_together_after_an_outage_give_each_clock_its_time_back_once()
    {
        var games = await Leave();

        OpenPostgresJournal[] open = [new(_database), new(_database)];
        var running = await Task.WhenAll(open.Select(server => server.Journal.Running().AsTask()));

        foreach (var game in games)
        {
            Assert.Single((await open[0].Journal.Read(game.Id)).OfType<GameEvent.Resumed>());
            await HasItsTime(open[0], game);
        }
        Assert.All(running, found => Assert.True(found.IsLive));
        Assert.All(running, found => Assert.Equal(games.Length, found.Games.Length));
        Assert.All(open, server => Assert.Empty(server.Journal.FlagsDue(server.ServerTime.Now).AsTask().Result));
        foreach (var server in open) server.Dispose();
    }

    [Fact]
    public async Task Whoever_tries_again_gives_the_time_to_find_back_no_second_time()
    {
        var games = await Leave();
        using (var first = new OpenPostgresJournal(_database)) await first.Journal.Running();
        await Run("UPDATE nodes SET beat = (SELECT min(beat) FROM nodes)"); // As if it had gone before it could beat.
        await Task.Delay(2 * Heart.Outage, TimeProvider.System, TestContext.Current.CancellationToken);

        using var second = new OpenPostgresJournal(_database);
        await second.Journal.Running();

        foreach (var game in games)
        {
            Assert.Equal(2, (await second.Journal.Read(game.Id)).OfType<GameEvent.Resumed>().Count());
            await HasItsTime(second, game);
        }
    }

    [Fact]
    public async Task When_it_takes_longer_than_the_time_to_find_back_those_who_came_first_get_that_too()
    {
        var games = await Leave();
        await using var other = NpgsqlDataSource.Create(_database);
        await using var holder = await other.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var row = new NpgsqlCommand("SELECT FROM games WHERE id = 'g0' FOR UPDATE", holder)) await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var open = new OpenPostgresJournal(_database);
        await Condition.Holds(async () => (await open.Journal.Read(games[^1].Id)).Length == 2);
        await Task.Delay(Recovery.TimeToFindBack + TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        await hold.RollbackAsync(TestContext.Current.CancellationToken);
        await open.Journal.Running();

        foreach (var game in games) await HasItsTime(open, game);
    }

    [Theory]
    [InlineData("UPDATE games SET version = 5 WHERE id = 'g3'", MakesNoGame)]
    [InlineData("INSERT INTO events (game, version, kind, value, at) SELECT number, 2, 99, 0, 0 FROM games WHERE id = 'g3'; UPDATE games SET version = 2 WHERE id = 'g3'", MakesNoGame)]
    [InlineData("ALTER TABLE games ADD CHECK (id <> 'g3' OR version = 1)", Refused)]
    public async Task A_game_that_is_broken_is_told_of_and_the_others_get_their_time(string plant, int told)
    {
        var games = await Leave();
        await Run(plant);

        using var open = new OpenPostgresJournal(_database);
        await open.Journal.Running().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Contains(open.Log.Lines, line => line.Number == told && line.Line.Contains("g3", StringComparison.Ordinal));
        foreach (var game in games.Where(game => game.Id.Value != "g3")) await HasItsTime(open, game);
    }

    [Fact]
    public async Task Whoever_vanishes_while_giving_it_back_is_not_waited_for_long()
    {
        var games = await Leave();
        await using var network = FaultProxy.Before(new Uri($"tcp://127.0.0.1:{cluster.Server.Port}"));
        using var cut = PostgresDatabase.Open(cluster.Server.ConnectionString(new NpgsqlConnectionStringBuilder(_database).Database!, network.Address.Port));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var time = new ServerTime(TimeProvider.System);
        using var vanishing = new Heart(new PostgresClient(cut), Node.Only, time, (_, _) => { begun.TrySetResult(); return end.Task; }, _ => { }, TimeProvider.System, new RecordedLog<PostgresJournal>());
        await begun.Task;

        network.Fail(Fault.BlackHole);
        using var open = new OpenPostgresJournal(_database);
        await open.Journal.Running().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        foreach (var game in games) await HasItsTime(open, game);
        end.SetException(new IOException("The line is dead."));
        network.Fail(Fault.None);
        network.Reset();
    }

    /// <summary>What was left, and the time to find back, of which a little has passed.</summary>
    private static async Task HasItsTime(OpenPostgresJournal open, Game game) =>
        Assert.InRange((await open.Find(game.Id.Value)).Clock!.Remaining(Player.First, open.ServerTime.Now), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));

    /// <summary>Some games of a minute a side, and a server that went ten minutes ago.</summary>
    private async Task<Game[]> Leave()
    {
        Game[] games;
        using (var before = new OpenPostgresJournal(_database))
        {
            await before.Journal.Running();
            games = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => before.Start($"g{number}", TimeControl.From(60, 0))));
        }

        await Run("UPDATE games SET started_at = started_at - 600000, flag_at = flag_at - 600000; UPDATE nodes SET beat = beat - 600000");
        return games;
    }

    private async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
