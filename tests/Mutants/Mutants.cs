using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;

namespace ConnectFour.Mutants;

/// <summary>A journal but for one method.</summary>
internal abstract class MutantJournal(IGameJournal journal) : IGameJournal
{
    /// <summary>How long the disk seems to take: long enough to be killed meanwhile.</summary>
    protected static readonly TimeSpan Disk = TimeSpan.FromMilliseconds(50);

    protected IGameJournal Journal => journal;

    public ValueTask<Game?> Find(GameId id) => journal.Find(id);

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

internal sealed class ForgetfulMoveHandler(Games games, ServerTime time) : IRequestHandler<MoveCommand, Reply>
{
    public async Task<Reply> Handle(MoveCommand request, CancellationToken cancellationToken)
    {
        var attempt = await games.Decide(new GameId(request.Game), game => game.Play(request.By, game.Moves.Plies, Column.From(request.Column), time.Now));
        return attempt is { Result: AppendResult.Committed, Decision: Decision<Game, GameEvent>.Accepted accepted }
            ? new Reply.Moved(accepted.Next.Id, accepted.Next.Version - accepted.Events.Length + 1, Repeated: false)
            : Reply.From(attempt);
    }
}

/// <summary>Looks ahead: what it finds is due soon, unless somebody moves.</summary>
internal sealed class ImpatientJournal(IGameJournal journal) : MutantJournal(journal)
{
    public override ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => Journal.FlagsDue(now.AddSeconds(12));
}

internal sealed class BlindExpireClockHandler(IGameJournal journal, Games games, ServerTime time) : IRequestHandler<ExpireClockCommand, Reply>
{
    public async Task<Reply> Handle(ExpireClockCommand request, CancellationToken cancellationToken) => Reply.From(await games.Decide(
        request.Game,
        game => game is { Outcome: null, ToMove: { } player }
            ? new Decision<Game, GameEvent>.Accepted(
                Game.Replay([.. journal.Read(game.Id).AsTask().Result, new GameEvent.Ended(new Outcome.Flag(player), time.Now)]),
                [new GameEvent.Ended(new Outcome.Flag(player), time.Now)])
            : new Decision<Game, GameEvent>.Refused(Refusal.GameIsOver)));
}
