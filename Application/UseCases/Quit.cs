using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A player gives a game up.</summary>
public sealed record QuitCommand(UserName By, string Game) : ICommand;

public sealed class QuitValidator : AbstractValidator<QuitCommand>
{
    public QuitValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class QuitHandler(Games games, ServerTime time) : IRequestHandler<QuitCommand, Reply>
{
    public async Task<Reply> Handle(QuitCommand request, CancellationToken cancellationToken) =>
        Reply.From(await games.Decide(new GameId(request.Game), game => game.Quit(request.By, time.Now)));
}
