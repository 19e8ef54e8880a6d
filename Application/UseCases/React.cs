using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A player says one of the few things that can be said in a game.</summary>
/// <param name="Reaction">A name of <see cref="Domain.Reaction"/>; null for one that does not exist.</param>
public sealed record ReactCommand(UserName By, string Game, Reaction? Reaction) : ICommand;

public sealed class ReactValidator : AbstractValidator<ReactCommand>
{
    public ReactValidator()
    {
        RuleFor(command => command.Game).MustBeGameId();
        RuleFor(command => command.Reaction).NotNull().WithState(_ => Malformation.BadMessage);
    }
}

public sealed class ReactHandler(ILobby lobby, IGameJournal journal, ServerTime time) : IRequestHandler<ReactCommand, Reply>
{
    public async Task<Reply> Handle(ReactCommand request, CancellationToken cancellationToken)
    {
        if (await journal.Recall(new GameId(request.Game)) is not { } game) return new Reply.Refused(Refusal.NotFound);
        var now = time.Now;

        return Reply.From(await lobby.Decide([game.First.Name, game.Second.Name], current => current.React(request.By, game, request.Reaction!.Value, now)));
    }
}
