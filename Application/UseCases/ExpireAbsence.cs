using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>
/// A user's time to come back may be over: their games are lost, then they leave. Harmless when it is not over, or when they came back meanwhile;
/// and when it stops half-way, the next sweep goes on.
/// </summary>
public sealed record ExpireAbsenceCommand(UserName Of) : ICommand;

public sealed class ExpireAbsenceHandler(ILobby lobby, Games games, ServerTime time) : IRequestHandler<ExpireAbsenceCommand, Reply>
{
    public async Task<Reply> Handle(ExpireAbsenceCommand request, CancellationToken cancellationToken)
    {
        var now = time.Now;
        if (await lobby.Find(request.Of) is not { } known || !known.IsOverdue(now)) return new Reply.Done();

        // What is found here may be old; what costs somebody a game may not be.
        var decision = await lobby.Decide([request.Of], current => current.Leave(request.Of, now));
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted { Events.IsEmpty: true, Next: var current } || current.Find(request.Of) is not { } user || !user.IsOverdue(now)) return Reply.From(decision);

        foreach (var seat in user.Games)
            if ((await games.Decide(seat.Game, game => game.Abandon(request.Of, now))).Decision is not Decision<Game, GameEvent>.Accepted { Events: [_, ..] }) await games.Vacate(request.Of, seat);
        return Reply.From(await lobby.Decide([request.Of], current => current.Leave(request.Of, now)));
    }
}
