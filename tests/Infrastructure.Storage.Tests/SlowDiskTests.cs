using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>While somebody else holds the database up, players are told that it takes long, or that too much is waiting; what becomes of it is never in doubt for long.</summary>
public sealed class SlowDiskTests : IDisposable
{
    private static readonly Reply Pending = new Reply.NotStored(AppendResult.Pending);
    private static readonly Reply Overloaded = new Reply.NotStored(AppendResult.Overloaded);

    private readonly TemporaryFolder _folder = new();
    private readonly RunningApplication _application;

    public SlowDiskTests() => _application = StoredApplication.On(_folder.Path);

    public void Dispose()
    {
        _application.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_move_that_takes_long_is_pending_then_stored_and_sent_again_it_gets_its_original_answer()
    {
        var game = await Started("Ann", "Bob");
        var move = new MoveCommand(game.First.Name, game.Id.Value, 0, 4);

        Reply slow;
        using (HeldUp.By(_folder.Path)) slow = await _application.Impatiently(_application.Send(move));
        await Version(game, 2);
        var again = await _application.Send(move);

        Assert.Equal(Pending, slow);
        Assert.Equal(new Reply.Moved(game.Id, 2, Repeated: true), again);
        Assert.Equal(2, (await _application.Journal.Read(game.Id)).Length);
    }

    [Fact]
    public async Task The_same_append_once_more_is_a_conflict_when_the_first_was_stored_after_all()
    {
        var game = await Started("Ann", "Bob");
        var drop = (Decision<Game, GameEvent>.Accepted)game.Play(game.First.Name, 0, Column.From(4), _application.Now);

        AppendResult slow;
        using (HeldUp.By(_folder.Path)) slow = await _application.Impatiently(_application.Journal.Append(drop.Next, drop.Events).AsTask());
        var again = await _application.Journal.Append(drop.Next, drop.Events);

        Assert.Equal((AppendResult.Pending, AppendResult.Conflict), (slow, again));
    }

    [Fact]
    public async Task A_move_that_is_sent_again_and_again_while_the_disk_is_slow_counts_once()
    {
        var game = await Started("Ann", "Bob");
        var move = new MoveCommand(game.First.Name, game.Id.Value, 0, 4);

        Task<Reply>[] impatient;
        using (HeldUp.By(_folder.Path)) impatient = [.. Enumerable.Range(0, 5).Select(_ => _application.Send(move))];
        var replies = await Task.WhenAll(impatient);

        Assert.Equal(1, replies.Count(reply => reply is Reply.Moved { Repeated: false }));
        Assert.All(replies, reply => Assert.Equal(2, Assert.IsType<Reply.Moved>(reply).Version));
        Assert.Equal("4", (await _application.Game(game.Id)).Moves.ToString());
    }

    [Fact]
    public async Task An_end_that_takes_long_frees_the_seats_once_it_is_stored()
    {
        var game = await Started("Ann", "Bob");

        Reply slow;
        using (HeldUp.By(_folder.Path)) slow = await _application.Impatiently(_application.Send(new QuitCommand(game.First.Name, game.Id.Value)));
        var during = (await _application.Find(game.First.Name)).Games.Length;
        await Condition.Holds(() => _application.Game(game.Id).Result.Outcome is not null);
        await _application.Get<Sweeper>().Sweep();

        Assert.Equal(Pending, slow);
        Assert.Equal(1, during);
        Assert.Empty((await _application.Find(game.First.Name)).Games);
        Assert.Equal(new Tally(1, 0, 0), (await _application.Find(game.Second.Name)).Tally);
        Assert.Empty(Soundness.Check(_folder.Path));
    }

    [Fact]
    public async Task A_start_that_takes_long_keeps_the_seats_and_becomes_a_game()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        await _application.Send(new ChallengeCommand(bob, "Ann", null));

        Reply slow;
        using (HeldUp.By(_folder.Path)) slow = await _application.Impatiently(_application.Send(new AcceptCommand(ann, "Bob")));
        var seat = (await _application.Find(ann)).Games.Single();
        await _application.Get<Sweeper>().Sweep();

        Assert.Equal(Pending, slow);
        Assert.Equal(1, (await _application.Game(seat.Game)).Version);
        Assert.Equal(seat, (await _application.Find(ann)).Games.Single());
        Assert.Single(_application.Events.Games);
    }

    [Fact]
    public async Task What_finds_the_queue_full_is_refused_at_once_and_never_happens()
    {
        using var folder = new TemporaryFolder();
        using var narrow = StoredApplication.On(folder.Path, new StorageSettings { Queue = 2 });
        var games = new List<Game>();
        for (var i = 0; i < 10; i++) games.Add(await narrow.Start(await narrow.Join($"Ann{i}"), await narrow.Join($"Bob{i}")));

        Task<Reply>[] replies;
        using (HeldUp.By(folder.Path)) replies = [.. games.Select(game => narrow.Send(new MoveCommand(game.First.Name, game.Id.Value, 0, 4)))];
        await Task.WhenAll(replies);

        var refused = replies.Index().Where(reply => reply.Item.Result == Overloaded).Select(reply => games[reply.Index]).ToArray();
        var stored = games.Except(refused).ToArray();
        Assert.InRange(refused.Length, 6, 8); // Two wait, and at most as many are with the writer.
        foreach (var game in refused) Assert.Equal(1, (await narrow.Game(game.Id)).Version);
        foreach (var game in stored) Assert.Equal(2, (await narrow.Game(game.Id)).Version);
        Assert.Equal(10 + stored.Length, narrow.Events.Games.Count);
    }

    [Fact]
    public async Task A_start_that_finds_the_queue_full_gives_the_seats_back()
    {
        using var folder = new TemporaryFolder();
        using var narrow = StoredApplication.On(folder.Path, new StorageSettings { Queue = 1 });
        var busy = await narrow.Start(await narrow.Join("Cy"), await narrow.Join("Dee"));
        var (ann, bob) = (await narrow.Join("Ann"), await narrow.Join("Bob"));
        await narrow.Send(new ChallengeCommand(bob, "Ann", null));

        Reply refused;
        var waiting = new List<Task<Reply>>();
        using (HeldUp.By(folder.Path))
        {
            // One with the writer, one in the queue.
            await Condition.Holds(() =>
            {
                waiting.Add(narrow.Send(new MoveCommand(busy.First.Name, busy.Id.Value, 0, 4)));
                return waiting.Count(move => !move.IsCompleted) == 2;
            });
            refused = await narrow.Send(new AcceptCommand(ann, "Bob"));
        }
        await Task.WhenAll(waiting);

        Assert.Equal(Overloaded, refused);
        Assert.Empty((await narrow.Find(ann)).Games);
        Assert.Equal(UserState.Available, (await narrow.Find(bob)).State);
        Assert.Single((await narrow.Journal.Running()).Games);
    }

    private async Task<Game> Started(string first, string second) => await _application.Start(await _application.Join(first), await _application.Join(second));

    private Task Version(Game game, int version) => Condition.Holds(() => _application.Game(game.Id).Result.Version == version);
}
