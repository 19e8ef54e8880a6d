using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user waits no longer to be paired.</summary>
public sealed record UnseekCommand(UserName By) : ICommand;

public sealed class UnseekHandler(ILobby lobby) : IRequestHandler<UnseekCommand, Reply>
{
    public async Task<Reply> Handle(UnseekCommand request, CancellationToken cancellationToken) =>
        Reply.From(await lobby.Decide([request.By], current => current.Unseek(request.By)));
}
