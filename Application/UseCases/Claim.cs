using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A player claims the win, since the opponent has been away for too long.</summary>
public sealed record ClaimCommand(UserName By, string Game) : ICommand;

public sealed class ClaimValidator : AbstractValidator<ClaimCommand>
{
    public ClaimValidator() => RuleFor(command => command.Game).MustBeGameId();
}

public sealed class ClaimHandler(ILobby lobby, IGameJournal journal, Games games, Excuses excuses, ServerTime time) : IRequestHandler<ClaimCommand, Reply>
{
    public async Task<Reply> Handle(ClaimCommand request, CancellationToken cancellationToken)
    {
        if (await journal.Find(new GameId(request.Game)) is not { } game) return new Reply.Refused(Refusal.NotFound);
        var now = time.Now;
        await excuses.Settle();

        var claim = await lobby.Decide([game.First.Name, game.Second.Name], current => current.Claim(request.By, game, now));
        return claim is Decision<Lobby, LobbyEvent>.Refused
            ? Reply.From(claim)
            : Reply.From(await games.Decide(game.Id, current => current.Abandon(current.OpponentOf(request.By), now)));
    }
}
