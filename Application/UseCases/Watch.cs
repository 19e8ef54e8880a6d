using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user looks on at a game, until the connection closes. A finished game is shown once: there is no more to come.</summary>
public sealed record WatchCommand(UserName By, ConnectionId On, string Game) : ICommand;

public sealed class WatchValidator : AbstractValidator<WatchCommand>
{
    public WatchValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class WatchHandler(IGameJournal journal, IWatchers watchers) : IRequestHandler<WatchCommand, Reply>
{
    public async Task<Reply> Handle(WatchCommand request, CancellationToken cancellationToken)
    {
        var id = new GameId(request.Game);
        if (await journal.Recall(id) is null) return new Reply.Refused(Refusal.NotFound);
        if (!watchers.Watch(request.By, request.On, id)) return new Reply.Refused(Refusal.TooManyGames);

        // Read after watching began, so that no move falls in between.
        var game = await journal.Find(id);
        if (game?.Outcome is not null) watchers.Unwatch(request.On, id);
        return game is null ? new Reply.Refused(Refusal.NotFound) : new Reply.Watching(game);
    }
}
