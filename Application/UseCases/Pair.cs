using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>Somebody who waits may have an opponent by now. Harmless when they have not, or wait no longer.</summary>
public sealed record PairCommand(UserName Of) : ICommand;

public sealed class PairHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<PairCommand, Reply>
{
    public async Task<Reply> Handle(PairCommand request, CancellationToken cancellationToken)
    {
        var (now, game, waiting) = (time.Now, randomness.NewGameId(), await lobby.Waiting());

        return await games.Start(await lobby.Decide([request.Of, .. waiting], current => current.Pair(request.Of, waiting, game, now)), now);
    }
}
