using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A link may have expired. Harmless when it has not, or somebody came by it.</summary>
public sealed record ExpireLinkCommand(UserName Of) : ICommand;

public sealed class ExpireLinkHandler(ILobby lobby, ServerTime time) : IRequestHandler<ExpireLinkCommand, Reply>
{
    public async Task<Reply> Handle(ExpireLinkCommand request, CancellationToken cancellationToken)
    {
        var now = time.Now;
        return Reply.From(await lobby.Decide([request.Of], current => current.ExpireLink(request.Of, now)));
    }
}
