using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>The challenger withdraws an invitation.</summary>
public sealed record CancelCommand(UserName By, string Opponent) : ICommand;

public sealed class CancelValidator : AbstractValidator<CancelCommand>
{
    public CancelValidator() => RuleFor(command => command.Opponent).MustBeUserName();
}

public sealed class CancelHandler(ILobby lobby) : IRequestHandler<CancelCommand, Reply>
{
    public async Task<Reply> Handle(CancelCommand request, CancellationToken cancellationToken)
    {
        var opponent = UserName.From(request.Opponent);

        return Reply.From(await lobby.Decide([request.By, opponent], current => current.Cancel(request.By, opponent)));
    }
}
