using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user says whether they may be challenged while they play.</summary>
public sealed record SetOpenCommand(UserName By, bool More) : ICommand;

public sealed class SetOpenHandler(ILobby lobby, Preferences preferences) : IRequestHandler<SetOpenCommand, Reply>
{
    public async Task<Reply> Handle(SetOpenCommand request, CancellationToken cancellationToken) =>
        await preferences.Keep(request.By, await lobby.Decide([request.By], current => current.SetOpen(request.By, request.More)));
}
