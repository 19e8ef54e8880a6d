using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>The challenged says no.</summary>
public sealed record DeclineCommand(UserName By, string Opponent) : ICommand;

public sealed class DeclineValidator : AbstractValidator<DeclineCommand>
{
    public DeclineValidator() => RuleFor(command => command.Opponent).MustBeUserName();
}

public sealed class DeclineHandler(ILobby lobby) : IRequestHandler<DeclineCommand, Reply>
{
    public async Task<Reply> Handle(DeclineCommand request, CancellationToken cancellationToken)
    {
        var opponent = UserName.From(request.Opponent);

        return Reply.From(await lobby.Decide([request.By, opponent], current => current.Decline(request.By, opponent)));
    }
}
