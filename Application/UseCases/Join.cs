using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user comes by a link: the game starts, unless somebody else came first.</summary>
/// <param name="Opponent">Who made the link.</param>
/// <param name="Key">The secret part of the link.</param>
public sealed record JoinCommand(UserName By, string Opponent, string Key) : ICommand;

public sealed class JoinValidator : AbstractValidator<JoinCommand>
{
    private const int LongestKey = 64;

    public JoinValidator()
    {
        RuleFor(command => command.Opponent).MustBeUserName();
        RuleFor(command => command.Key).Must(key => key?.Length is >= 1 and <= LongestKey).WithState(_ => Malformation.BadMessage);
    }
}

public sealed class JoinHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<JoinCommand, Reply>
{
    public async Task<Reply> Handle(JoinCommand request, CancellationToken cancellationToken)
    {
        var host = UserName.From(request.Opponent);
        var (now, game) = (time.Now, randomness.NewGameId());

        return await games.Start(await lobby.Decide([request.By, host], current => current.Join(request.By, host, request.Key, game, now)));
    }
}
