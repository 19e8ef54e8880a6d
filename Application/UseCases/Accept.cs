using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>The challenged says yes: the game starts.</summary>
public sealed record AcceptCommand(UserName By, string Opponent) : ICommand;

public sealed class AcceptValidator : AbstractValidator<AcceptCommand>
{
    public AcceptValidator() => RuleFor(command => command.Opponent).MustBeUserName();
}

public sealed class AcceptHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<AcceptCommand, Reply>
{
    public async Task<Reply> Handle(AcceptCommand request, CancellationToken cancellationToken)
    {
        var opponent = UserName.From(request.Opponent);
        var (now, game) = (time.Now, randomness.NewGameId());

        var decision = await lobby.Decide([request.By, opponent], current => current.Accept(request.By, opponent, game, now));
        return await games.Start(decision);
    }
}
