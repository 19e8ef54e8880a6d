using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;

namespace ConnectFour.Mutants;

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

internal sealed class BlindExpireClockHandler(Games games, ServerTime time) : IRequestHandler<ExpireClockCommand, Reply>
{
    public async Task<Reply> Handle(ExpireClockCommand request, CancellationToken cancellationToken) => Reply.From(await games.Decide(request.Game, FallFlag));

    private Decision<Game, GameEvent> FallFlag(Game game)
    {
        if (game is not { Outcome: null, ToMove: { } player }) return new Decision<Game, GameEvent>.Refused(Refusal.GameIsOver);
        var ended = new GameEvent.Ended(new Outcome.Flag(player), time.Now);
        return new Decision<Game, GameEvent>.Accepted(Game.After(game, ended), [ended]);
    }
}
