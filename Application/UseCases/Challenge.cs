using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <param name="Clock">Initial time and increment in seconds, or null for a game without clocks.</param>
/// <param name="Balance">What is done about the advantage of moving first; null if what was asked for makes no sense.</param>
public sealed record ChallengeCommand(UserName By, string Opponent, (int Initial, int Increment)? Clock, Balance? Balance = Domain.Balance.None) : ICommand;

public sealed class ChallengeValidator : AbstractValidator<ChallengeCommand>
{
    public ChallengeValidator()
    {
        RuleFor(command => command.Opponent).MustBeUserName();
        RuleFor(command => command.Clock).MustBeClock();
        RuleFor(command => command.Balance).MustBeOffered();
    }
}

public sealed class ChallengeHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<ChallengeCommand, Reply>
{
    public async Task<Reply> Handle(ChallengeCommand request, CancellationToken cancellationToken)
    {
        var opponent = UserName.From(request.Opponent);
        var terms = Shapes.Terms(request.Clock, request.Balance);
        var (now, crossed) = (time.Now, randomness.NewGameId());

        var decision = await lobby.Decide([request.By, opponent], current => current.Challenge(request.By, opponent, terms, crossed, now));
        return await games.Start(decision);
    }
}
