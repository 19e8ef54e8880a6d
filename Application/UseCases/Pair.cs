using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>Somebody who waits may have an opponent by now. Harmless when they have not, or wait no longer.</summary>
public sealed record PairCommand(UserName Of) : ICommand;

public sealed class PairHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<PairCommand, Reply>
{
    public async Task<Reply> Handle(PairCommand request, CancellationToken cancellationToken)
    {
        if (await lobby.Find(request.Of) is not { Seek: not null } seeker || await lobby.Partners(seeker) is not [_, ..] partners) return new Reply.Done();

        var (now, game) = (time.Now, randomness.NewGameId());
        return await games.Start(await lobby.Decide([request.Of, .. partners], current => current.Pair(request.Of, partners, game, now)));
    }
}
