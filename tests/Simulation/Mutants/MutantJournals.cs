using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Simulation.Tests.Mutants;

/// <summary>A journal but for its answer to an append.</summary>
internal abstract class MutantJournal(IGameJournal journal) : IGameJournal
{
    public ValueTask<Game?> Find(GameId id) => journal.Find(id);

    public ValueTask<Game?> Recall(GameId id) => journal.Recall(id);

    public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => journal.Start(started, first, second);

    public virtual ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => journal.Append(next, events);

    public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);

    public ValueTask<RunningGames> Running() => journal.Running();
}

internal sealed class HastyJournal(IGameJournal journal) : MutantJournal(journal)
{
    public override ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        _ = base.Append(next, events).AsTask();
        return new(AppendResult.Committed);
    }
}

internal sealed class TalkativeJournal(IGameJournal journal, IEvents audience) : MutantJournal(journal)
{
    public override ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        audience.Publish(next, events);
        return base.Append(next, events);
    }
}

internal sealed class DespairingJournal(IGameJournal journal) : MutantJournal(journal)
{
    public override async ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) =>
        await base.Append(next, events) is var result && result is AppendResult.Pending ? AppendResult.Unavailable : result;
}
