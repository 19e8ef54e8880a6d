using System.Diagnostics;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>Two servers on one database: whatever they want at once, one of them gets it, and the other learns of it.</summary>
public sealed class NodesTests : IDisposable
{
    private const int Rounds = 400;
    private const int MakesNoGame = 3007;

    private readonly string _database;
    private readonly OpenPostgresJournal _one;
    private readonly OpenPostgresJournal _other;

    public NodesTests(PostgresCluster cluster)
    {
        _database = cluster.Database();
        var patient = new StorageSettings { Patience = TimeSpan.FromMinutes(1) }; // What became of it is asked, and not how fast a busy machine is.
        (_one, _other) = (new OpenPostgresJournal(_database, settings: patient), new OpenPostgresJournal(_database, settings: patient));
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Of_two_moves_at_the_same_version_on_two_servers_one_is_stored()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async lane =>
        {
            var (random, mine) = (new Random(lane), 0);
            var game = await _one.Start($"lane {lane}", first: $"Ann{lane}", second: $"Bob{lane}");
            for (var round = 0; round < Rounds / 8; round++)
            {
                if (game.Outcome is not null) game = await _one.Start($"lane {lane} {round}", first: $"Ann{lane}", second: $"Bob{lane}");
                var columns = game.Board.LegalColumns;
                var (left, right) = (columns[random.Next(columns.Length)].Number, columns[random.Next(columns.Length)].Number);

                var results = await Task.WhenAll(_one.Drop(game, left), _other.Drop(game, right));

                Assert.Equal([AppendResult.Committed, AppendResult.Conflict], results.Order());
                var (won, lost) = results[0] == AppendResult.Committed ? (_one, _other) : (_other, _one);
                if (won == _one) mine++;
                game = await won.Find(game.Id.Value);
                Assert.Equal(game, await lost.Find(game.Id.Value));
            }
            return mine;
        }));

        Assert.InRange(lanes.Sum(), 1, Rounds - 1);
        Assert.Empty(Check());
    }

    [Fact]
    public async Task Who_beats_is_there_under_its_name_and_who_has_ended_is_not_for_long()
    {
        var (ann, bob, cy) = (new Node("ann~"), new Node("bob~"), new Node("cy~"));
        using var one = new OpenPostgresJournal(_database, node: ann);
        var other = new OpenPostgresJournal(_database, node: bob);
        await one.Journal.Running(); // Each has beaten when it knows what goes on.
        await other.Journal.Running();

        var soon = await one.Journal.Beating([ann, bob, cy]);
        await Condition.Holds(async () => !(await one.Journal.Beating([ann, bob, cy])).Contains(cy));
        var both = await one.Journal.Beating([ann, bob, cy]);
        other.Dispose();

        Assert.Equal([ann, bob, cy], soon.AsEnumerable()); // It has just begun to beat, and so may the others.
        Assert.Equal([ann, bob], both.AsEnumerable());
        await Condition.Holds(async () => (await one.Journal.Beating([ann, bob, cy])).SequenceEqual([ann]));
    }

    [Fact]
    public async Task Of_all_the_ways_in_which_a_game_can_end_on_two_servers_one_happens_and_both_records_say_so()
    {
        // The same two people, in games on two servers at once, now on one side and now on the other: their rows are wanted in either order.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async round =>
        {
            var (first, second) = round % 2 == 0 ? ("Ann", "Bob") : ("Bob", "Ann");
            var game = await _one.Start($"g{round}", TimeControl.From(60, 0), Stakes.Rated, first, second);
            foreach (var column in (int[])[1, 2]) game = _one.Decide(game, column) is var drop && await _one.Journal.Append(drop.Next, drop.Events) == AppendResult.Committed ? drop.Next : game;
            var at = game.Clock!.FallsAt!.Value;

            var results = await Task.WhenAll(
                Append(_one, game.Quit(game.First.Name, at)), Append(_other, game.Quit(game.Second.Name, at)), Append(_one, game.FallFlag(at)), Append(_other, game.Abandon(game.First.Name, at)));

            Assert.Single(results, AppendResult.Committed);
            Assert.Single((await _other.Journal.Read(game.Id)).OfType<GameEvent.Ended>());
        }));

        Assert.Empty(Check());
        Assert.Equal(60, (await new Profiles(_one.Database).Find(Play.Person("Ann").Credential))!.Tally is var tally ? tally.Wins + tally.Losses : 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_move_of_a_game_that_is_known_is_one_statement_and_nothing_is_read_even_if_the_move_before_was_told_by_another_server(bool isTold)
    {
        var game = await _one.Start("g");
        var statements = 0;
        using var own = new ActivitySource("the test's");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == own || source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Interlocked.Add(ref statements, activity.Parent?.Source == own ? 1 : 0), // The beat is nobody's child.
        };
        var found = await _one.Find("g");
        if (isTold) _one.Journal.Learn(found = await Moved(_other, found));
        ActivitySource.AddActivityListener(listener);

        using (own.StartActivity())
        {
            Assert.Equal(found, await _one.Journal.Recall(game.Id));
            var drop = _one.Decide(found, 4);
            Assert.Equal(AppendResult.Committed, await _one.Journal.Append(drop.Next, drop.Events));
            Assert.Equal(drop.Next, await _one.Journal.Recall(game.Id));
        }

        Assert.Equal(1, statements);
    }

    [Fact]
    public async Task What_another_server_stored_is_found_and_remembered_as_soon_as_it_is_heard_of()
    {
        var game = await _one.Start("g");
        await _other.Find("g");
        var second = await Moved(_one, game);
        var before = await _other.Journal.Recall(game.Id);

        _other.Journal.Learn(game.Id, 2);
        var heard = await _other.Journal.Recall(game.Id);
        var fourth = await Moved(_one, await Moved(_one, second));
        var remembered = await _other.Journal.Recall(game.Id);

        Assert.Equal([game, second, second], [before, heard, remembered]);
        Assert.Equal(fourth, await _other.Journal.Find(game.Id));
        Assert.Equal(fourth, await _other.Journal.Recall(game.Id));
        Assert.Equal([(game.Id, 4)], await _other.Journal.Versions([game.Id, new GameId("unknown")]));
    }

    [Fact]
    public async Task What_is_told_late_does_not_hide_that_something_newer_was_heard_of()
    {
        var game = await _one.Start("g");
        await _other.Find("g");
        var second = await Moved(_one, game);
        var third = await Moved(_one, second);

        _other.Journal.Learn(game.Id, 3);
        _other.Journal.Learn(second);
        var found = await _other.Find("g");
        _other.Journal.Learn(second);

        Assert.Equal(third, found);
        Assert.Equal(third, await _other.Find("g"));
    }

    [Fact]
    public async Task A_game_whose_row_says_another_version_than_its_events_is_left_as_it_is_and_not_tried_for_ever()
    {
        var game = await _one.Start("g");
        await _one.Database.Read(async connection =>
        {
            await using var plant = new NpgsqlCommand("UPDATE games SET version = 5 WHERE id = 'g'", connection);
            return await plant.ExecuteNonQueryAsync();
        });

        Assert.Equal((AppendResult.Unavailable, AppendResult.Unavailable), (await _one.Drop(game, 4), await _other.Drop(game, 4)));
        Assert.Single(_one.Log.Lines, line => line.Number == MakesNoGame);
    }

    [Fact]
    public async Task A_game_that_ended_elsewhere_is_found_ended_and_goes_on_nowhere()
    {
        var game = await _one.Start("g");
        await _other.Find("g");
        await Append(_one, game.Quit(game.First.Name, _one.ServerTime.Now));

        var late = await _other.Drop(game, 4);

        Assert.Equal(AppendResult.Conflict, late);
        Assert.IsType<Outcome.Forfeit>((await _other.Find("g")).Outcome);
    }

    [Fact]
    public async Task A_flag_is_found_by_a_server_that_has_never_seen_the_game()
    {
        var game = await _one.Start("g", TimeControl.From(60, 0));
        await _one.Drop(game, 4);

        Assert.Empty(await _other.Journal.FlagsDue(game.Clock!.FallsAt!.Value.AddSeconds(-1)));
        Assert.Equal([game.Id], await _other.Journal.FlagsDue(game.Clock.FallsAt.Value.AddMinutes(1)));
    }

    [Fact]
    public async Task Who_is_new_on_two_servers_at_once_is_one_person()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(round => (Task[])
        [
            _one.Start($"a{round}", first: $"Cy{round}", second: $"Dee{round}"),
            _other.Start($"b{round}", first: $"Dee{round}", second: $"Cy{round}"),
        ]));

        var running = await _one.Journal.Running();
        Assert.Equal((80, 80), (running.Games.Length, running.Players.Length));
        Assert.All(running.Players, player => Assert.Equal(2, player.Games.Length));
    }

    private static async Task<AppendResult> Append(OpenPostgresJournal open, Decision<Game, GameEvent> decision)
    {
        var accepted = Assert.IsType<Decision<Game, GameEvent>.Accepted>(decision);
        return await open.Journal.Append(accepted.Next, accepted.Events);
    }

    /// <summary>The game after one more disc in the same column, once the server has stored it.</summary>
    private static async Task<Game> Moved(OpenPostgresJournal open, Game game)
    {
        var drop = open.Decide(game, 2);
        Assert.Equal(AppendResult.Committed, await open.Journal.Append(drop.Next, drop.Events));
        return drop.Next;
    }

    private IEnumerable<string> Check()
    {
        using var maintenance = Maintenance.Connect(_database);
        return maintenance.Check();
    }
}
