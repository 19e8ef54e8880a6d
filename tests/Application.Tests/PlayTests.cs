using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

public sealed class PlayTests : IDisposable
{
    private readonly RunningApplication _application = new();

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task Two_guests_play_to_a_win_and_both_records_say_so()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        var game = await _application.Start(first: ann, second: bob);

        var last = await _application.Play(game.Id, "1212121");

        Assert.Equal(new Reply.Moved(game.Id, 8, Repeated: false), last);
        Assert.Equal(Player.First, (await _application.Game(game.Id)).Outcome!.Winner);
        Assert.Equal(new Tally(1, 0, 0), (await _application.Find(ann)).Tally);
        Assert.Equal(new Tally(0, 1, 0), (await _application.Find(bob)).Tally);
        Assert.Equal(UserState.Available, (await _application.Find(ann)).State);
    }

    [Fact]
    public async Task A_repeated_move_gets_its_original_answer_marked_as_repeated()
    {
        var game = await Started();
        var move = new MoveCommand(game.First.Name, game.Id.Value, 0, 4);
        await _application.Send(move);
        await _application.Play(game.Id, "33");

        var again = await _application.Send(move);

        Assert.Equal(new Reply.Moved(game.Id, 2, Repeated: true), again);
        Assert.Equal("433", (await _application.Game(game.Id)).Moves.ToString());
    }

    [Fact]
    public async Task A_repeated_winning_move_gets_its_original_answer_even_though_the_game_is_over()
    {
        var game = await Started();
        await _application.Play(game.Id, "1212121");

        var again = await _application.Send(new MoveCommand(game.First.Name, game.Id.Value, 6, 1));

        Assert.Equal(new Reply.Moved(game.Id, 8, Repeated: true), again);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 4)]
    public async Task Another_column_for_a_played_ply_or_a_ply_ahead_is_stale_and_answered_with_the_game(int ply, int column)
    {
        var game = await Started();
        await _application.Play(game.Id, "4");

        var reply = await _application.Send(new MoveCommand(game.First.Name, game.Id.Value, ply, column));

        Assert.Equal("4", Assert.IsType<Reply.Stale>(reply).Game.Moves.ToString());
    }

    [Fact]
    public async Task A_move_in_an_unknown_game_is_not_found_and_in_a_stranger_s_game_not_theirs()
    {
        var game = await Started();
        var stranger = await _application.Join("Cy");

        var unknown = await _application.Send(new MoveCommand(stranger, "unknown", 0, 1));
        var foreign = await _application.Send(new MoveCommand(stranger, game.Id.Value, 0, 1));

        Assert.Equal(new Reply.Refused(Refusal.NotFound), unknown);
        Assert.Equal(new Reply.Refused(Refusal.NotAPlayer), foreign);
    }

    [Fact]
    public async Task Twins_who_send_the_same_move_at_once_are_both_told_that_it_counts_and_it_counts_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var (first, second) = (await _application.Join($"Ann{round}"), await _application.Join($"Bob{round}"));
            var game = await _application.Start(first, second);
            var move = new MoveCommand(first, game.Id.Value, 0, 4);

            using var together = new Barrier(2);
            var replies = await Task.WhenAll(Twin(), Twin());

            Assert.All(replies, reply => Assert.Equal(2, Assert.IsType<Reply.Moved>(reply).Version));
            Assert.Equal(1, replies.Count(reply => reply is Reply.Moved { Repeated: false }));
            Assert.Equal("4", (await _application.Game(game.Id)).Moves.ToString());

            Task<Reply> Twin() => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return _application.Send(move);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
    }

    [Fact]
    public async Task Quitting_loses_the_game_and_quitting_again_changes_nothing()
    {
        var game = await Started();

        var first = await _application.Send(new QuitCommand(game.Second.Name, game.Id.Value));
        var again = await _application.Send(new QuitCommand(game.Second.Name, game.Id.Value));
        var other = await _application.Send(new QuitCommand(game.First.Name, game.Id.Value));

        Assert.IsType<Reply.Done>(first);
        Assert.IsType<Reply.Done>(again);
        Assert.Equal(new Reply.Refused(Refusal.GameIsOver), other);
        Assert.Equal(new Outcome.Forfeit(Player.Second), (await _application.Game(game.Id)).Outcome);
        Assert.Equal(new Tally(0, 1, 0), (await _application.Find(game.Second.Name)).Tally);
    }

    [Fact]
    public async Task In_a_rematch_whoever_was_second_starts()
    {
        var game = await Started((60, 1));
        await _application.Play(game.Id, "1212121");

        await _application.Send(new RematchCommand(game.First.Name, game.Id.Value));
        await _application.Send(new AcceptCommand(game.Second.Name, game.First.Name.Text));

        var next = await _application.Game((await _application.Find(game.First.Name)).Games.Single().Game);
        Assert.Equal(game.Second.Name, next.First.Name);
        Assert.Equal(game.Control, next.Control);
    }

    [Fact]
    public async Task When_both_ask_for_a_rematch_there_is_one_game()
    {
        var game = await Started();
        await _application.Play(game.Id, "1212121");

        await _application.Send(new RematchCommand(game.First.Name, game.Id.Value));
        await _application.Send(new RematchCommand(game.Second.Name, game.Id.Value));

        Assert.Single((await _application.Find(game.First.Name)).Games);
        Assert.Equal((await _application.Find(game.First.Name)).Games.Single().Game, (await _application.Find(game.Second.Name)).Games.Single().Game);
    }

    [Fact]
    public async Task There_is_no_rematch_of_an_unknown_or_a_running_game()
    {
        var game = await Started();

        var unknown = await _application.Send(new RematchCommand(game.First.Name, "unknown"));
        var running = await _application.Send(new RematchCommand(game.First.Name, game.Id.Value));

        Assert.Equal(new Reply.Refused(Refusal.NotFound), unknown);
        Assert.Equal(new Reply.Refused(Refusal.GameIsRunning), running);
    }

    [Fact]
    public async Task A_watcher_gets_the_whole_game_and_a_finished_one_is_not_watched_on()
    {
        var (game, watcher) = (await Started(), await _application.Join("Cy"));
        var watchers = _application.Get<Ports.IWatchers>();

        var running = await _application.Send(new WatchCommand(watcher, new ConnectionId("cy"), game.Id.Value));
        var during = watchers.Of(game.Id);
        await _application.Send(new QuitCommand(game.First.Name, game.Id.Value));
        var finished = await _application.Send(new WatchCommand(watcher, new ConnectionId("cy"), game.Id.Value));

        Assert.Equal(new Reply.Watching(game), running);
        Assert.Equal([watcher], during.AsEnumerable());
        Assert.NotNull(Assert.IsType<Reply.Watching>(finished).Game.Outcome);
        Assert.Equal(new Reply.Refused(Refusal.NotFound), await _application.Send(new WatchCommand(watcher, new ConnectionId("cy"), "unknown")));
    }

    [Fact]
    public async Task A_ping_names_the_games_that_are_behind_and_those_that_do_not_exist()
    {
        var (game, other) = (await Started(), await _application.Start(await _application.Join("Cy"), await _application.Join("Di")));
        await _application.Play(game.Id, "44");

        var reply = await _application.Send(new PingCommand(game.First.Name, [(game.Id.Value, 2), (other.Id.Value, 1), ("unknown", 0)]));

        var pong = Assert.IsType<Reply.Pong>(reply);
        Assert.Equal(3, Assert.Single(pong.Behind).Version);
        Assert.Equal([new GameId("unknown")], pong.Unknown.AsEnumerable());
        Assert.Empty(pong.SetBack);
    }

    [Fact]
    public async Task A_ping_that_names_a_later_version_than_there_is_learns_to_which_the_game_was_set_back()
    {
        var game = await Started();
        await _application.Play(game.Id, "44");

        var reply = await _application.Send(new PingCommand(game.First.Name, [(game.Id.Value, 5)]));

        var pong = Assert.IsType<Reply.Pong>(reply);
        Assert.Equal(3, Assert.Single(pong.SetBack).Version);
        Assert.Empty(pong.Behind);
    }

    [Fact]
    public async Task Every_game_equals_the_replay_of_what_was_published()
    {
        var game = await Started((60, 2));
        await _application.Pass(TimeSpan.FromSeconds(3));
        await _application.Play(game.Id, "4435364");
        await _application.Send(new QuitCommand(game.First.Name, game.Id.Value));

        var replayed = Game.Replay(_application.Events.Games.SelectMany(step => step.Events));

        Assert.Equal(await _application.Game(game.Id), replayed);
    }

    private async Task<Game> Started((int, int)? clock = null) =>
        await _application.Start(await _application.Join("Ann"), await _application.Join("Bob"), clock);
}
