using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>An account prefers another disc colour, or is open to more games or no more.</summary>
public sealed record PreferCommand(UserName By, DiscColour? Colour, bool OpenToMore) : ICommand;

public sealed class PreferHandler(ILobby lobby) : IRequestHandler<PreferCommand, Reply>
{
    public async Task<Reply> Handle(PreferCommand request, CancellationToken cancellationToken) =>
        Reply.From(await lobby.Decide([request.By], current => current.Prefer(request.By, request.Colour, request.OpenToMore)));
}
