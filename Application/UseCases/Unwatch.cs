using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user no longer looks on at a game on this connection, if they ever did.</summary>
public sealed record UnwatchCommand(UserName By, ConnectionId On, string Game) : ICommand;

public sealed class UnwatchValidator : AbstractValidator<UnwatchCommand>
{
    public UnwatchValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class UnwatchHandler(IWatchers watchers) : IRequestHandler<UnwatchCommand, Reply>
{
    public Task<Reply> Handle(UnwatchCommand request, CancellationToken cancellationToken)
    {
        watchers.Unwatch(request.On, new GameId(request.Game));
        return Task.FromResult<Reply>(new Reply.Done());
    }
}
