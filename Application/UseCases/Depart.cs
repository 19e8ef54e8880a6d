using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>An account leaves the lobby for good, or to come back under another name.</summary>
/// <param name="Forfeit">Whether running games are given up; otherwise there must be none.</param>
public sealed record DepartCommand(UserName By, bool Forfeit) : ICommand;

public sealed class DepartHandler(ILobby lobby, Games games, ServerTime time) : IRequestHandler<DepartCommand, Reply>
{
    public async Task<Reply> Handle(DepartCommand request, CancellationToken cancellationToken)
    {
        if (request.Forfeit && await lobby.Find(request.By) is { } user)
            foreach (var seat in user.Games)
                if (Reply.From(await games.Decide(seat.Game, game => game.Quit(request.By, time.Now))) is Reply.NotStored trouble) return trouble;

        return Reply.From(await lobby.Decide([request.By], current => current.Depart(request.By)));
    }
}
