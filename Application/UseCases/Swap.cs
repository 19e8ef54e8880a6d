using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A player takes the first disc over instead of answering it.</summary>
public sealed record SwapCommand(UserName By, string Game) : ICommand;

public sealed class SwapValidator : AbstractValidator<SwapCommand>
{
    public SwapValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class SwapHandler(Games games, ServerTime time) : IRequestHandler<SwapCommand, Reply>
{
    public async Task<Reply> Handle(SwapCommand request, CancellationToken cancellationToken) =>
        Reply.From(await games.Decide(new GameId(request.Game), game => game.Swap(request.By, time.Now)));
}
