using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Simulation.Tests.Mutants;

internal sealed class SternDisconnectHandler(IServiceProvider services, ILobby lobby, Games games, ServerTime time) : IRequestHandler<DisconnectCommand, Reply>
{
    public async Task<Reply> Handle(DisconnectCommand request, CancellationToken cancellationToken)
    {
        var seats = (await lobby.Find(request.By))?.Games ?? [];
        var reply = await ActivatorUtilities.CreateInstance<DisconnectHandler>(services).Handle(request, cancellationToken);
        foreach (var seat in seats) await games.Decide(seat.Game, game => game.Abandon(request.By, time.Now));
        return reply;
    }
}

internal sealed class SternExpireAbsenceHandler(IServiceProvider services, ILobby lobby, Games games, ServerTime time) : IRequestHandler<ExpireAbsenceCommand, Reply>
{
    public async Task<Reply> Handle(ExpireAbsenceCommand request, CancellationToken cancellationToken)
    {
        if (await lobby.Find(request.Of) is { } user && user.IsOverdue(time.Now))
            foreach (var seat in user.Games) await games.Decide(seat.Game, game => game.Quit(request.Of, time.Now));
        return await ActivatorUtilities.CreateInstance<ExpireAbsenceHandler>(services).Handle(request, cancellationToken);
    }
}
