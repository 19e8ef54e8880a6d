using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user's link leads nowhere from now on.</summary>
public sealed record WithdrawLinkCommand(UserName By) : ICommand;

public sealed class WithdrawLinkHandler(ILobby lobby) : IRequestHandler<WithdrawLinkCommand, Reply>
{
    public async Task<Reply> Handle(WithdrawLinkCommand request, CancellationToken cancellationToken) =>
        Reply.From(await lobby.Decide([request.By], current => current.WithdrawLink(request.By)));
}
