using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>Nobody answered an invitation in time. Harmless when it ended otherwise meanwhile.</summary>
public sealed record ExpireInvitationCommand(Invitation Invitation) : ICommand;

public sealed class ExpireInvitationHandler(ILobby lobby, ServerTime time) : IRequestHandler<ExpireInvitationCommand, Reply>
{
    public async Task<Reply> Handle(ExpireInvitationCommand request, CancellationToken cancellationToken) => Reply.From(await lobby.Decide(
        [request.Invitation.From, request.Invitation.To],
        current => current.Expire(request.Invitation, time.Now)));
}
