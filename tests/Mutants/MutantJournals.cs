using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Mutants;

/// <summary>A journal but for one method.</summary>
internal abstract class MutantJournal(IGameJournal journal) : IGameJournal
{
    /// <summary>How long the disk seems to take: long enough to be killed meanwhile.</summary>
    protected static readonly TimeSpan Disk = TimeSpan.FromMilliseconds(50);

    protected IGameJournal Journal => journal;

    public ValueTask<Game?> Find(GameId id) => journal.Find(id);

    public ValueTask<Game?> Recall(GameId id) => journal.Recall(id);

    public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => journal.Start(started, first, second);

    public virtual ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => journal.Append(next, events);

    public virtual ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);

    public ValueTask<RunningGames> Running() => journal.Running();
}

internal sealed class HastyJournal(IGameJournal journal) : MutantJournal(journal)
{
    public override ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        _ = Later(next, events);
        return new(AppendResult.Committed);
    }

    private async Task Later(Game next, ImmutableArray<GameEvent> events)
    {
        await Task.Delay(Disk, TimeProvider.System);
        await Journal.Append(next, events);
    }
}

internal sealed class TalkativeJournal(IGameJournal journal, IEvents audience) : MutantJournal(journal)
{
    public override async ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        audience.Publish(next, events);
        await Task.Delay(Disk, TimeProvider.System);
        return await Journal.Append(next, events);
    }
}

/// <summary>Looks ahead: what it finds is due soon, unless somebody moves.</summary>
internal sealed class ImpatientJournal(IGameJournal journal) : MutantJournal(journal)
{
    public override ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => Journal.FlagsDue(now.AddSeconds(12));
}
