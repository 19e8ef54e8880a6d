using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A player of a finished game invites the other one again.</summary>
public sealed record RematchCommand(UserName By, string Game) : ICommand;

public sealed class RematchValidator : AbstractValidator<RematchCommand>
{
    public RematchValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class RematchHandler(ILobby lobby, IGameJournal journal, Games games, IRandomness randomness, ServerTime time)
    : IRequestHandler<RematchCommand, Reply>
{
    public async Task<Reply> Handle(RematchCommand request, CancellationToken cancellationToken)
    {
        if (await journal.Find(new GameId(request.Game)) is not { } finished) return new Reply.Refused(Refusal.NotFound);
        var (now, crossed) = (time.Now, randomness.NewGameId());

        var decision = await lobby.Decide(
            [finished.First.Name, finished.Second.Name],
            current => current.Rematch(request.By, finished, crossed, now));
        return await games.Start(decision);
    }
}
