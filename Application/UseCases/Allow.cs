using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user says who may challenge them.</summary>
/// <param name="Challenges">Null for a policy that does not exist.</param>
public sealed record AllowCommand(UserName By, ChallengePolicy? Challenges) : ICommand;

public sealed class AllowValidator : AbstractValidator<AllowCommand>
{
    public AllowValidator() => RuleFor(command => command.Challenges).NotNull().WithState(_ => Malformation.BadMessage);
}

public sealed class AllowHandler(ILobby lobby, Preferences preferences) : IRequestHandler<AllowCommand, Reply>
{
    public async Task<Reply> Handle(AllowCommand request, CancellationToken cancellationToken) =>
        await preferences.Keep(request.By, await lobby.Decide([request.By], current => current.Allow(request.By, request.Challenges!.Value)));
}
