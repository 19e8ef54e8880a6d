using System.Collections.Immutable;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Application.Tests;

/// <summary>The journal confirms late what it stored: the lobby learns of it, once.</summary>
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

    private async Task<(UserName Ann, Game Game)> Playing()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        return (ann, await _application.Start(first: ann, second: bob));
    }

    private sealed class LateJournal(IGameJournal journal) : IGameJournal
    {
        /// <summary>Whether it stores and does not say so.</summary>
        public bool IsLate { get; set; }

        public int Finds { get; private set; }

        public ValueTask<Game?> Find(GameId id)
        {
            Finds++;
            return journal.Find(id);
        }

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => journal.Start(started, first, second);

        public async ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
        {
            var result = await journal.Append(next, events);
            return IsLate ? AppendResult.Pending : result;
        }

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);

        public ValueTask<RunningGames> Running() => journal.Running();
    }
}
