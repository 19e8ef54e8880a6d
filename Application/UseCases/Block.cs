using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user wants nothing to do with somebody, who is not told.</summary>
public sealed record BlockCommand(UserName By, string Name) : ICommand;

public sealed class BlockValidator : AbstractValidator<BlockCommand>
{
    public BlockValidator() => RuleFor(command => command.Name).MustBeUserName();
}

public sealed class BlockHandler(ILobby lobby, Preferences preferences) : IRequestHandler<BlockCommand, Reply>
{
    public async Task<Reply> Handle(BlockCommand request, CancellationToken cancellationToken)
    {
        var name = UserName.From(request.Name);
        return await preferences.Keep(request.By, await lobby.Decide([request.By, name], current => current.Block(request.By, name)));
    }
}
