using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Two who want something of the same game at the same instant: exactly one gets it, and the other is told the truth.</summary>
public sealed class TwinTests : IDisposable
{
    private const int Lanes = 40;
    private const int Rounds = 10_000 / Lanes;

    private readonly TemporaryFolder _folder = new();
    private readonly RunningApplication _application;

    public TwinTests() => _application = StoredApplication.On(_folder.Path);

    public void Dispose()
    {
        _application.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_ten_thousand_twins_exactly_one_each_makes_the_move_and_the_other_hears_of_it()
    {
        var lanes = new List<Task>();
        for (var lane = 0; lane < Lanes; lane++) lanes.Add(Lane(await _application.Join($"Ann{lane}"), await _application.Join($"Bob{lane}"), new Random(lane)));

        await Task.WhenAll(lanes);

        Assert.Empty(Soundness.Check(_folder.Path));
    }

    [Fact]
    public async Task When_a_move_and_the_fall_of_the_flag_come_together_one_of_them_happens_and_a_stored_move_is_never_overruled()
    {
        var (moves, flags) = (0, 0);
        for (var round = 0; round < 300; round++)
        {
            var game = await _application.Start(await _application.Join($"Cy{round}"), await _application.Join($"Dee{round}"), (10, 0));
            var falls = game.Clock!.FallsAt!.Value;
            var games = _application.Get<Games>();

            Func<Task<Attempt>> moving = () => games.Decide(game.Id, current => current.Play(game.First.Name, 0, Column.From(4), falls.AddMilliseconds(-1))).AsTask();
            Func<Task<Attempt>> falling = () => games.Decide(game.Id, current => current.FallFlag(falls)).AsTask();

            // At the same instant, and so that either is a little earlier: who is asked first is first in the queue.
            var (move, flag) = (round % 3) switch
            {
                0 => await Together(moving, falling),
                1 => await InTurn(moving, falling),
                _ => Swapped(await InTurn(falling, moving)),
            };

            var events = await _application.Journal.Read(game.Id);
            Assert.Equal(2, events.Length);
            var moved = events[1] is GameEvent.DiscDropped;
            Assert.Equal(moved, move.Decision is Decision<Game, GameEvent>.Accepted);
            Assert.Equal(moved, flag.Decision is Decision<Game, GameEvent>.Accepted { Events.IsEmpty: true });
            Assert.Equal(moved ? null : new Outcome.Flag(Player.First), (await _application.Game(game.Id)).Outcome);
            if (moved) moves++;
            else flags++;
        }

        Assert.True(moves >= 100 && flags >= 100, $"{moves} moves and {flags} flags");
        Assert.Empty(Soundness.Check(_folder.Path));
    }

    [Fact]
    public async Task Of_all_the_ways_in_which_a_game_can_end_at_the_same_instant_one_happens()
    {
        for (var round = 0; round < 100; round++)
        {
            var game = await _application.Start(await _application.Join($"Eve{round}"), await _application.Join($"Fay{round}"), (10, 0));
            await _application.Play(game.Id, "121212");
            var falls = (await _application.Game(game.Id)).Clock!.FallsAt!.Value;
            var games = _application.Get<Games>();

            await Task.WhenAll(
                Task.Run(() => games.Decide(game.Id, current => current.Play(game.First.Name, 6, Column.From(1), falls.AddMilliseconds(-1))).AsTask()),
                Task.Run(() => games.Decide(game.Id, current => current.FallFlag(falls)).AsTask()),
                Task.Run(() => games.Decide(game.Id, current => current.Quit(game.First.Name, falls)).AsTask()),
                Task.Run(() => games.Decide(game.Id, current => current.Quit(game.Second.Name, falls)).AsTask()),
                Task.Run(() => games.Decide(game.Id, current => current.Abandon(game.Second.Name, falls)).AsTask()));

            Assert.Single((await _application.Journal.Read(game.Id)).OfType<GameEvent.Ended>());
            Assert.Equal(1, (await _application.Find(game.First.Name)).Tally is var tally ? tally.Wins + tally.Losses : 0);
        }

        Assert.Empty(Soundness.Check(_folder.Path));
    }

    /// <summary>One pair of players, game after game; every move is sent by two tabs at once, half of the time with two minds.</summary>
    private async Task Lane(UserName ann, UserName bob, Random random)
    {
        var game = await _application.Start(ann, bob);
        for (var round = 0; round < Rounds; round++)
        {
            if (game.Outcome is not null) game = await _application.Start(ann, bob);
            var columns = game.Board.LegalColumns;
            var (left, right) = (columns[random.Next(columns.Length)], columns[random.Next(columns.Length)]);
            var (by, ply, version) = (game[game.ToMove!.Value].Name, game.Moves.Plies, game.Version);
            if (round % 2 == 0) right = left;

            // A gate instead of a barrier: ten thousand pairs of threads would take longer than the moves.
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var (one, other) = (Send(left), Send(right));
            gate.SetResult();
            var replies = await Task.WhenAll(one, other);

            var made = Assert.Single(replies, reply => reply is Reply.Moved { Repeated: false });
            var told = replies.Single(reply => !ReferenceEquals(reply, made));
            game = await _application.Game(game.Id);
            Assert.Equal(new Reply.Moved(game.Id, version + 1, Repeated: false), made);
            if (left == right) Assert.Equal(new Reply.Moved(game.Id, version + 1, Repeated: true), told);
            else Assert.Equal(game, Assert.IsType<Reply.Stale>(told).Game);
            Assert.Equal(ply + 1, game.Moves.Plies);
            Assert.Equal(ReferenceEquals(made, replies[0]) ? left : right, game.Moves[ply]);

            async Task<Reply> Send(Column column)
            {
                await gate.Task;
                return await _application.Send(new MoveCommand(by, game.Id.Value, ply, column.Number));
            }
        }
    }

    private static async Task<(T, T)> InTurn<T>(Func<Task<T>> one, Func<Task<T>> other)
    {
        var (first, second) = (one(), other());
        return (await first, await second);
    }

    private static (T, T) Swapped<T>((T One, T Other) both) => (both.Other, both.One);

    /// <summary>Lets two threads go at the same instant.</summary>
    private static async Task<(T, T)> Together<T>(Func<Task<T>> one, Func<Task<T>> other)
    {
        using var barrier = new Barrier(2);
        var both = await Task.WhenAll(Released(one), Released(other));
        return (both[0], both[1]);

        Task<T> Released(Func<Task<T>> act) => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return act();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }
}
