using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A name has been registered: who has it in the lobby as a guest goes on as the account, with all their games.</summary>
/// <param name="Guest">What proves that the name was theirs, or null.</param>
public sealed record EnrolCommand(UserName By, Credential? Guest, Credential Account) : ICommand;

public sealed class EnrolHandler(ILobby lobby) : IRequestHandler<EnrolCommand, Reply>
{
    public async Task<Reply> Handle(EnrolCommand request, CancellationToken cancellationToken) =>
        Reply.From(await lobby.Decide([request.By], current => current.Enrol(request.By, request.Guest, request.Account)));
}
