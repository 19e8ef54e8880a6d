using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A connection has closed.</summary>
/// <param name="OnPurpose">Whether the user closed it, as against a line that was cut.</param>
public sealed record DisconnectCommand(UserName By, ConnectionId Connection, bool OnPurpose) : ICommand;

public sealed class DisconnectHandler(ILobby lobby, IWatchers watchers, ServerTime time, IMediator mediator) : IRequestHandler<DisconnectCommand, Reply>
{
    public async Task<Reply> Handle(DisconnectCommand request, CancellationToken cancellationToken)
    {
        watchers.Forget(request.Connection);
        var now = time.Now;
        var decision = await lobby.Decide([request.By], current => current.Disconnect(request.By, request.Connection, request.OnPurpose, now));

        // Without a grace period there is nothing to wait for; otherwise this finds that it is not due yet.
        await mediator.Send(new ExpireAbsenceCommand(request.By), cancellationToken);
        return Reply.From(decision);
    }
}
