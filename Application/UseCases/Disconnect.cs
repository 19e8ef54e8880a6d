using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A connection has closed.</summary>
/// <param name="OnPurpose">Whether the user closed it, as against a line that was cut.</param>
public sealed record DisconnectCommand(UserName By, ConnectionId Connection, bool OnPurpose) : ICommand;

public sealed class DisconnectHandler(ILobby lobby, IWatchers watchers, OwnConnections connections, ServerTime time, IMediator mediator) : IRequestHandler<DisconnectCommand, Reply>
{
    public async Task<Reply> Handle(DisconnectCommand request, CancellationToken cancellationToken)
    {
        watchers.Forget(request.Connection);
        connections.Close(request.Connection);
        var now = time.AtLatest;
        try
        {
            var decision = await lobby.Decide([request.By], current => current.Disconnect(request.By, request.Connection, request.OnPurpose, now));

            // Without a grace period there is nothing to wait for; otherwise this finds that it is not due yet.
            await mediator.Send(new ExpireAbsenceCommand(request.By), cancellationToken);
            return Reply.From(decision);
        }
        catch (LobbyAwayException)
        {
            return new Reply.NotStored(AppendResult.Unavailable); // The connection is not among ours any more: the lobby learns of it when it can.
        }
    }
}
