using System.Collections.Immutable;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Application.Tests;

/// <summary>The journal confirms late, stores late, or is away: the lobby learns what became of a game, once, and nobody is told what is not so.</summary>
public sealed class LateJournalTests : IDisposable
{
    private readonly RunningApplication _application = new(replace: services => services.AddSingleton<IGameJournal>(provider => new LateJournal(new InMemoryGameJournal(provider.GetRequiredService<IEvents>()))));

    private LateJournal Journal => (LateJournal)_application.Journal;

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task An_end_that_was_confirmed_late_frees_the_seats()
    {
        var (ann, game) = await Playing();
        Journal.IsLate = true;

        Assert.Equal(new Reply.NotStored(AppendResult.Pending), await _application.Send(new QuitCommand(ann, game.Id.Value)));
        await _application.Get<Games>().Settle();

        Assert.Empty((await _application.Find(ann)).Games);
    }

    [Fact]
    public async Task A_move_that_was_is_looked_for_until_it_is_stored_and_no_longer()
    {
        var (ann, game) = await Playing();
        Journal.IsLate = true;
        await _application.Send(new MoveCommand(ann, game.Id.Value, 0, 4));

        var finds = new List<int>();
        for (var sweep = 0; sweep < 3; sweep++)
        {
            var before = Journal.Finds;
            await _application.Get<Games>().Settle();
            finds.Add(Journal.Finds - before);
        }

        Assert.Equal([1, 0, 0], finds);
    }

    [Fact]
    public async Task A_game_that_is_on_its_way_to_the_journal_is_unknown_to_others_only()
    {
        var (ann, bob, cy) = (await _application.Join("Ann"), await _application.Join("Bob"), await _application.Join("Cy"));
        Journal.IsSlow = true;
        await _application.Send(new ChallengeCommand(bob, "Ann", null));
        await _application.Send(new AcceptCommand(ann, "Bob"));
        var game = Assert.Single((await _application.Find(ann)).Games).Game;

        Assert.Empty(await Unknown(ann, game));
        Assert.Empty(await Unknown(bob, game));
        Assert.Equal([game], await Unknown(cy, game));
    }

    [Fact]
    public async Task A_connection_on_which_nobody_could_be_welcomed_is_not_held_on_to()
    {
        var token = Assert.IsType<Reply.Welcome>((await _application.Connect("Ann")).Reply).Token!.ToString();
        await _application.Start(first: UserName.From("Ann"), second: await _application.Join("Bob"));
        Journal.IsAway = true;
        var held = _application.Get<OwnConnections>().All.Count();

        await Assert.ThrowsAsync<StoreAwayException>(() => _application.Connect(null, token));

        Assert.Equal(held, _application.Get<OwnConnections>().All.Count());
    }

    [Fact]
    public async Task Nobody_is_refused_or_shown_something_because_of_what_a_game_was_a_moment_ago()
    {
        var (connection, welcome) = await _application.Connect("Ann");
        var ann = UserName.From("Ann");
        var game = await _application.Start(first: ann, second: await _application.Join("Bob"));
        await _application.Play(game.Id, "12");
        Journal.Old = game;

        var again = await _application.Connect(null, Assert.IsType<Reply.Welcome>(welcome).Token!.ToString());
        var watched = await _application.Send(new WatchCommand(ann, connection, game.Id.Value));
        var stale = await _application.Send(new MoveCommand(ann, game.Id.Value, 0, 5));
        var moved = await _application.Send(new MoveCommand(ann, game.Id.Value, 2, 1));

        Assert.Equal("12", Assert.Single(Assert.IsType<Reply.Welcome>(again.Reply).Games).Moves.ToString());
        Assert.Equal("12", Assert.IsType<Reply.Watching>(watched).Game.Moves.ToString());
        Assert.Equal("12", Assert.IsType<Reply.Stale>(stale).Game.Moves.ToString());
        Assert.IsType<Reply.Moved>(moved);
    }

    [Fact]
    public async Task A_flag_is_not_left_up_because_of_what_a_game_was_a_moment_ago()
    {
        var game = await _application.Start(await _application.Join("Ann"), await _application.Join("Bob"), (60, 0));
        await _application.Play(game.Id, "1");
        await _application.Pass(TimeSpan.FromSeconds(55));
        await _application.Play(game.Id, "2");
        Journal.Old = await _application.Game(game.Id); // Ann has a minute.
        await _application.Play(game.Id, "3"); // Bob has five seconds.

        await _application.Pass(TimeSpan.FromSeconds(6));

        Assert.Equal(new Outcome.Flag(Player.Second), (await _application.Game(game.Id)).Outcome);
    }

    private async Task<IEnumerable<GameId>> Unknown(UserName asker, GameId game) => Assert.IsType<Reply.Pong>(await _application.Send(new PingCommand(asker, [(game.Value, 0)]))).Unknown;

    private async Task<(UserName Ann, Game Game)> Playing()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        return (ann, await _application.Start(first: ann, second: bob));
    }

    private sealed class LateJournal(IGameJournal journal) : IGameJournal
    {
        /// <summary>Whether it stores and does not say so.</summary>
        public bool IsLate { get; set; }

        /// <summary>Whether a game that begins is not stored yet.</summary>
        public bool IsSlow { get; set; }

        /// <summary>Whether it cannot be asked.</summary>
        public bool IsAway { get; set; }

        /// <summary>The game as it is remembered, although others have brought it further; null if nothing else is than what there is.</summary>
        public Game? Old { get; set; }

        public int Finds { get; private set; }

        public ValueTask<Game?> Find(GameId id)
        {
            Finds++;
            return IsAway ? throw new StoreAwayException(new TimeoutException()) : journal.Find(id);
        }

        public ValueTask<Game?> Recall(GameId id) => Old is null ? journal.Recall(id) : new(Old);

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => IsSlow ? new(AppendResult.Pending) : journal.Start(started, first, second);

        public async ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
        {
            var result = await journal.Append(next, events);
            return IsLate ? AppendResult.Pending : result;
        }

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);

        public ValueTask<RunningGames> Running() => journal.Running();
    }
}
