using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user lets somebody challenge them again.</summary>
public sealed record UnblockCommand(UserName By, string Name) : ICommand;

public sealed class UnblockValidator : AbstractValidator<UnblockCommand>
{
    public UnblockValidator() => RuleFor(command => command.Name).MustBeUserName();
}

public sealed class UnblockHandler(ILobby lobby, Preferences preferences) : IRequestHandler<UnblockCommand, Reply>
{
    public async Task<Reply> Handle(UnblockCommand request, CancellationToken cancellationToken)
    {
        var name = UserName.From(request.Name);
        return await preferences.Keep(request.By, await lobby.Decide([request.By, name], current => current.Unblock(request.By, name)));
    }
}
