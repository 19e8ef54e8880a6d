using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A clock may have reached zero. Harmless when a move came first.</summary>
public sealed record ExpireClockCommand(GameId Game) : ICommand;

public sealed class ExpireClockHandler(Games games, ServerTime time) : IRequestHandler<ExpireClockCommand, Reply>
{
    public async Task<Reply> Handle(ExpireClockCommand request, CancellationToken cancellationToken) =>
        Reply.From(await games.Decide(request.Game, game => game.FallFlag(time.Now)));
}
