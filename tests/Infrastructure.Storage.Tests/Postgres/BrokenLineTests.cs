using ConnectFour.Application.Ports;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>Between the server and its database lines break at any moment: what was asked is stored once, or not, and nobody is told otherwise.</summary>
public sealed class BrokenLineTests : IAsyncDisposable
{
    /// <summary>So many, and no more: a machine that takes longer for a new line than the next break takes to come would never be done.</summary>
    private const int Breaks = 20;

    private const int Away = 3008, Back = 3009, LineBroke = 3011;

    private readonly FaultProxy _proxy;
    private readonly string _through;
    private readonly OpenPostgresJournal _behind;
    private readonly OpenPostgresJournal _direct;

    public BrokenLineTests(PostgresCluster cluster)
    {
        var database = cluster.Create();
        _proxy = FaultProxy.Before(new Uri($"tcp://127.0.0.1:{cluster.Server.Port}"));
        _through = cluster.Server.ConnectionString(database, _proxy.Address.Port);
        _behind = new OpenPostgresJournal(_through, settings: new StorageSettings { Patience = TimeSpan.FromMinutes(1) }); // What became of it is asked, and not how fast a busy machine is.
        _direct = new OpenPostgresJournal(cluster.Server.ConnectionString(database));
    }

    public async ValueTask DisposeAsync()
    {
        _proxy.Fail(Fault.None);
        _behind.Dispose();
        _direct.Dispose();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task What_was_stored_before_the_answer_was_lost_is_found_there_and_counts_once()
    {
        var game = await _behind.Start("g");
        _proxy.Outwards.Fault = Fault.BlackHole;

        var asked = _behind.Drop(game, 4);
        await Condition.Holds(async () => (await _direct.Journal.Read(game.Id)).Length == 2);
        _proxy.Outwards.Fault = Fault.None;
        _proxy.Reset();

        Assert.Equal(AppendResult.Committed, await asked);
        Assert.Equal(2, (await _direct.Journal.Read(game.Id)).Length);
        Assert.Equal([1, 2], _behind.Events.Games.Select(step => step.Game.Version));
    }

    [Fact]
    public async Task What_never_arrived_is_asked_again()
    {
        var game = await _behind.Start("g");
        _proxy.Inwards.Fault = Fault.BlackHole;

        var asked = _behind.Drop(game, 4);
        await Lose();
        var between = await _direct.Journal.Read(game.Id);
        _proxy.Inwards.Fault = Fault.None;
        _proxy.Reset();

        Assert.Equal(AppendResult.Committed, await asked);
        Assert.Single(between);
        Assert.Equal(2, (await _direct.Journal.Read(game.Id)).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_line_that_stays_silent_is_given_up_and_what_was_stored_on_it_counts_once(bool speaksLater)
    {
        using var hasty = new OpenPostgresJournal(_through + ";Command Timeout=1");
        var game = await hasty.Start("g");
        _proxy.Outwards.Fault = speaksLater ? Fault.Stall : Fault.BlackHole;

        var asked = await hasty.Drop(game, 4);
        await Condition.Holds(() => hasty.Log.Lines.Any(line => line.Number == LineBroke));
        var heard = hasty.Events.Games.Count;
        _proxy.Outwards.Fault = Fault.None;
        await Condition.Holds(() => hasty.Events.Games.Count == 2);

        Assert.Equal((AppendResult.Pending, 1), (asked, heard));
        Assert.Equal(2, (await _direct.Journal.Read(game.Id)).Length);
    }

    [Fact]
    public async Task That_a_line_is_still_open_does_not_mean_that_the_database_answers()
    {
        using var hasty = new OpenPostgresJournal(_through + ";Command Timeout=1");
        var game = await hasty.Start("g");
        _proxy.Outwards.Fault = Fault.Stall;
        await Condition.Holds(() => hasty.Log.Lines.Any(line => line.Number == Away));

        var asked = await hasty.Drop(game, 4);

        Assert.Equal(AppendResult.Pending, asked);
        Assert.DoesNotContain(hasty.Log.Lines, line => line.Number == Back);
        _proxy.Outwards.Fault = Fault.None;
        await Condition.Holds(() => hasty.Log.Lines.Any(line => line.Number == Back));
    }

    [Fact]
    public async Task Nothing_else_is_wanted_of_a_game_while_a_step_is_unsettled_even_if_it_has_ended_elsewhere()
    {
        var game = await _behind.Start("g");
        _proxy.Inwards.Fault = Fault.BlackHole;
        var first = _behind.Drop(game, 4);
        await Lose();
        var quit = Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Quit(game.First.Name, _direct.ServerTime.Now));
        await _direct.Journal.Append(quit.Next, quit.Events);

        _proxy.Inwards.Fault = Fault.None; // The line that the step is to be asked on next has been lost to it, which takes a while to be noticed.
        _behind.Journal.Learn(game.Id, 2);
        var found = await _behind.Find("g");
        var second = _behind.Drop(game, 4);

        Assert.NotNull(found.Outcome);
        Assert.Same(first, await Task.WhenAny(first, second));
        Assert.Equal((AppendResult.Conflict, AppendResult.Conflict), (await first, await second));
    }

    [Fact]
    public async Task What_is_heard_of_a_game_while_it_is_being_read_is_not_lost()
    {
        var game = await _direct.Start("g");
        await _behind.Journal.Versions([game.Id]); // There is a line.
        _proxy.Outwards.Fault = Fault.Stall;
        var reading = _behind.Find("g");
        await Condition.Holds(() => _direct.Database.Read(WasRead).AsTask());

        await _direct.Drop(game, 4);
        _behind.Journal.Learn(game.Id, 2);
        _proxy.Outwards.Fault = Fault.None;

        Assert.Equal(1, (await reading).Version);
        Assert.Equal(2, (await _behind.Find("g")).Version);

        static async Task<bool> WasRead(NpgsqlConnection connection)
        {
            await using var question = new NpgsqlCommand("SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() AND state = 'idle' AND query LIKE '%WHERE g.id = $1%'", connection);
            await using var rows = await question.ExecuteReaderAsync();
            return await rows.ReadAsync();
        }
    }

    [Fact]
    public async Task What_still_waited_for_a_line_when_the_server_stopped_was_never_sent()
    {
        using var narrow = new OpenPostgresJournal(_through, settings: new StorageSettings { Connections = 1, Patience = TimeSpan.FromMinutes(1) });
        var (game, another) = (await narrow.Start("g"), await narrow.Start("another"));
        _proxy.Outwards.Fault = Fault.Stall;
        var sent = narrow.Drop(game, 4);
        var waiting = narrow.Drop(another, 4);

        await Condition.Holds(async () => (await _direct.Journal.Read(game.Id)).Length == 2);
        var stopping = Task.Run(narrow.Journal.Dispose);
        var unsent = await waiting;
        _proxy.Reset();
        await stopping;

        Assert.Equal((AppendResult.Pending, AppendResult.Unavailable), (await sent, unsent));
    }

    [Fact]
    public async Task When_another_server_was_faster_while_the_line_was_broken_it_is_a_conflict()
    {
        var game = await _behind.Start("g");
        _proxy.Inwards.Fault = Fault.BlackHole;

        var asked = _behind.Drop(game, 4);
        await Lose();
        await _direct.Drop(game, 5);
        _proxy.Inwards.Fault = Fault.None;
        _proxy.Reset();

        Assert.Equal(AppendResult.Conflict, await asked);
        Assert.Equal("5", (await _behind.Find("g")).Moves.ToString());
    }

    [Fact]
    public async Task Lines_that_break_again_and_again_lose_nothing_and_store_nothing_twice()
    {
        var breaking = Task.Run(async () =>
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            for (var times = 0; times < Breaks; times++)
            {
                await tick.WaitForNextTickAsync();
                _proxy.Reset();
            }
        });

        var games = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var (game, random) = (await Started($"g{number}"), new Random(number));
            while (game.Outcome is null)
            {
                var columns = game.Board.LegalColumns;
                var drop = _behind.Decide(game, columns[random.Next(columns.Length)].Number);
                await Until(() => _behind.Journal.Append(drop.Next, drop.Events));
                game = drop.Next;
            }
            return game;
        }));
        await breaking;

        foreach (var game in games)
        {
            Assert.Equal(game, Game.Replay(await _direct.Journal.Read(game.Id)));
            Assert.Equal(game.Version, _behind.Events.Games.Where(step => step.Game.Id == game.Id).SelectMany(step => step.Events).Count());
        }

        async Task<Game> Started(string id)
        {
            var started = new GameEvent.Started(new GameId(id), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Yellow), null, _behind.ServerTime.Now);
            await Until(() => _behind.Journal.Start(started, Play.Person("Ann"), Play.Person("Bob")));
            return Game.Start(started);
        }

        // Whoever was told that it takes long asks again, and finds that it is stored by now.
        static async Task Until(Func<ValueTask<AppendResult>> append)
        {
            AppendResult[] results = [await append()];
            while (results[^1] is AppendResult.Pending or AppendResult.Unavailable) results = [.. results, await append()];
            Assert.True(results[^1] == AppendResult.Committed || results.Contains(AppendResult.Pending), string.Join(", ", results));
        }
    }

    /// <summary>Breaks the line on which something is being stored, and waits until that is noticed.</summary>
    private Task Lose()
    {
        _proxy.Reset();
        return Condition.Holds(() => _behind.Log.Lines.Any(line => line.Number == LineBroke));
    }
}
