using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using Xunit;

namespace ConnectFour.TestKit.Contracts;

/// <summary>What every <see cref="IGameJournal"/> promises. An implementation's tests derive from this.</summary>
public abstract class GameJournalContract
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    private static readonly User AnnHerself = new(Ann, UserKind.Guest, new Credential("Ann's"), Now);
    private static readonly User BobHimself = new(Bob, UserKind.Guest, new Credential("Bob's"), Now);

    private readonly RecordedEvents _audience = new();
    private IGameJournal? _journal;

    protected abstract IGameJournal Create(IEvents audience);

    private IGameJournal Journal => _journal ??= Create(_audience);

    [Fact]
    public async Task A_game_never_started_is_not_found()
    {
        var unknown = new GameId("unknown");

        var game = await Journal.Find(unknown);
        var events = await Journal.Read(unknown);

        Assert.Null(game);
        Assert.Empty(events);
    }

    [Fact]
    public async Task What_was_committed_is_found_and_replays_to_the_same_game()
    {
        var game = await Started("g");

        game = await Append(game, Ann, 4);
        game = await Append(game, Bob, 4);

        Assert.Equal(game, await Journal.Find(game.Id));
        Assert.Equal(game, Game.Replay(await Journal.Read(game.Id)));
    }

    [Fact]
    public async Task A_second_event_at_the_same_version_is_a_conflict_and_changes_nothing()
    {
        var game = await Started("g");
        var (left, right) = (Drop(game, Ann, 1), Drop(game, Ann, 2));
        await Journal.Append(left.Next, left.Events);

        var result = await Journal.Append(right.Next, right.Events);

        Assert.Equal(AppendResult.Conflict, result);
        Assert.Equal(left.Next, await Journal.Find(game.Id));
        Assert.Equal(2, (await Journal.Read(game.Id)).Length);
    }

    [Fact]
    public async Task A_game_starts_once()
    {
        var started = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Now);
        await Journal.Start(started, AnnHerself, BobHimself);

        var again = await Journal.Start(started, AnnHerself, BobHimself);

        Assert.Equal(AppendResult.Conflict, again);
        Assert.Single(await Journal.Read(started.Game));
    }

    [Fact]
    public async Task An_event_for_a_game_that_was_never_started_is_a_conflict()
    {
        var started = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Now);
        var drop = Drop(Game.Start(started), Ann, 1);

        var result = await Journal.Append(drop.Next, drop.Events);

        Assert.Equal(AppendResult.Conflict, result);
        Assert.Null(await Journal.Find(started.Game));
    }

    [Fact]
    public async Task A_winning_disc_and_the_end_are_appended_in_one_step()
    {
        var game = await Started("g");
        foreach (var column in (int[])[1, 2, 1, 2, 1, 2]) game = await Append(game, game[game.ToMove!.Value].Name, column);

        var last = Drop(game, Ann, 1);
        await Journal.Append(last.Next, last.Events);

        Assert.Equal(2, last.Events.Length);
        Assert.Equal(9, (await Journal.Read(game.Id)).Length);
        Assert.IsType<Outcome.FourInLine>((await Journal.Find(game.Id))!.Outcome);
    }

    [Fact]
    public async Task Nothing_is_appended_to_a_finished_game()
    {
        var game = await Started("g");
        var quit = (Decision<Game, GameEvent>.Accepted)game.Quit(Ann, Now);
        var late = Drop(game, Ann, 1);
        await Journal.Append(quit.Next, quit.Events);

        var result = await Journal.Append(late.Next, late.Events);

        Assert.Equal(AppendResult.Conflict, result);
        Assert.Equal(quit.Next, await Journal.Find(game.Id));
    }

    [Fact]
    public async Task Of_many_who_append_at_the_same_version_exactly_one_wins()
    {
        var game = await Started("g");

        for (var ply = 0; ply < 20; ply++)
        {
            var player = game[game.ToMove!.Value].Name;
            var current = game;
            var proposals = Column.All.Where(column => !current.Board.IsColumnFull(column)).Select(column => Drop(current, player, column.Number))
                .Where(proposal => proposal.Next.Outcome is null).ToArray();
            if (proposals.Length == 0) break;

            using var together = new Barrier(proposals.Length);
            var results = await Task.WhenAll(proposals.Select(proposal => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Journal.Append(proposal.Next, proposal.Events).AsTask();
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.Equal(1, results.Count(result => result == AppendResult.Committed));
            game = (await Journal.Find(game.Id))!;
            Assert.Equal(proposals[Array.IndexOf(results, AppendResult.Committed)].Next, game);
        }
    }

    [Fact]
    public async Task What_is_committed_is_published_once_in_the_order_of_versions_and_a_conflict_is_not()
    {
        var game = await Started("g");
        var refused = Drop(game, Ann, 2);
        game = await Append(game, Ann, 1);
        await Journal.Append(refused.Next, refused.Events);
        game = await Append(game, Bob, 1);

        var published = _audience.Games;

        Assert.Equal([1, 2, 3], published.Select(step => step.Game.Version));
        Assert.Equal(await Journal.Read(game.Id), published.SelectMany(step => step.Events));
    }

    [Fact]
    public async Task A_game_can_be_found_by_the_time_it_is_published()
    {
        Game? seen = null;
        IGameJournal? journal = null;
        journal = Create(new Callback(id => seen = journal!.Find(id).AsTask().Result));
        var started = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Now);

        await journal.Start(started, AnnHerself, BobHimself);

        Assert.Equal(Game.Start(started), seen);
    }

    [Fact]
    public async Task What_is_published_is_stored_already()
    {
        var stored = new List<int>();
        IGameJournal? journal = null;
        journal = Create(new Callback(id => stored.Add(journal!.Read(id).AsTask().Result.Length)));
        var started = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Now);
        var drop = Drop(Game.Start(started), Ann, 1);

        await journal.Start(started, AnnHerself, BobHimself);
        await journal.Append(drop.Next, drop.Events);

        Assert.Equal([1, 2], stored);
    }

    [Fact]
    public async Task A_flag_is_due_from_the_moment_it_falls_and_until_the_game_is_over()
    {
        var (clocked, free) = (await Started("clocked", TimeControl.From(10, 0)), await Started("free"));

        var before = await Journal.FlagsDue(Now.AddSeconds(9.9));
        var after = await Journal.FlagsDue(Now.AddSeconds(10));
        var fallen = (Decision<Game, GameEvent>.Accepted)clocked.FallFlag(Now.AddSeconds(10));
        await Journal.Append(fallen.Next, fallen.Events);
        var over = await Journal.FlagsDue(Now.AddSeconds(20));

        Assert.Empty(before);
        Assert.Equal([clocked.Id], after);
        Assert.Empty(over);
        Assert.Null(free.Clock);
    }

    [Fact]
    public async Task A_game_that_went_on_after_an_outage_replays_to_the_same_clocks()
    {
        var game = await Started("g", TimeControl.From(10, 2));
        game = await Append(game, Ann, 4);

        var resumed = (Decision<Game, GameEvent>.Accepted)game.Resume(Now.AddSeconds(3), TimeSpan.FromSeconds(10), Now.AddSeconds(500));
        await Journal.Append(resumed.Next, resumed.Events);

        var read = Game.Replay(await Journal.Read(game.Id));
        Assert.Equal(resumed.Next, read);
        Assert.Equal(TimeSpan.FromSeconds(17), read.Clock!.Remaining(Player.Second, Now.AddSeconds(500)));
    }

    [Fact]
    public async Task A_clock_that_a_move_pressed_falls_when_it_now_does()
    {
        var game = await Started("g", TimeControl.From(10, 0));
        var drop = Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Play(Ann, 0, Column.From(1), Now.AddSeconds(5)));
        await Journal.Append(drop.Next, drop.Events);

        Assert.Empty(await Journal.FlagsDue(Now.AddSeconds(14.9)));
        Assert.Equal([game.Id], await Journal.FlagsDue(Now.AddSeconds(15)));
    }

    private async Task<Game> Started(string id, TimeControl? control = null)
    {
        var started = new GameEvent.Started(new GameId(id), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), control, Now);
        Assert.Equal(AppendResult.Committed, await Journal.Start(started, AnnHerself, BobHimself));
        return Game.Start(started);
    }

    private async Task<Game> Append(Game game, UserName by, int column)
    {
        var drop = Drop(game, by, column);
        Assert.Equal(AppendResult.Committed, await Journal.Append(drop.Next, drop.Events));
        return drop.Next;
    }

    private static Decision<Game, GameEvent>.Accepted Drop(Game game, UserName by, int column) =>
        Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Play(by, game.Moves.Plies, Column.From(column), Now));

    private sealed class Callback(Action<GameId> published) : IEvents
    {
        public void Publish(LobbyEvent happened) { }

        public void Publish(Game game, ImmutableArray<GameEvent> events) => published(game.Id);

        public void TakeUp(Game game) { }
    }
}
