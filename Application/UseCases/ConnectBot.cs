using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A bot of the server's own takes its place in the lobby, and its seats again if it had any.</summary>
public sealed record ConnectBotCommand(UserName Name, ConnectionId Connection) : ICommand;

public sealed class ConnectBotHandler(ILobby lobby, IGameJournal journal, IProfiles profiles, OwnConnections connections, ServerTime time) : IRequestHandler<ConnectBotCommand, Reply>
{
    public async Task<Reply> Handle(ConnectBotCommand request, CancellationToken cancellationToken)
    {
        if (await profiles.IsRegistered(request.Name)) return new Reply.Refused(Refusal.NameRegistered);

        var credential = Credential.OfBot(request.Name);
        var tally = (await profiles.Find(credential))?.Tally ?? default;
        var newcomer = new User(request.Name, UserKind.Bot, credential, time.Now) { OpenToMore = true, Tally = tally };
        var decision = await lobby.Decide([request.Name], current => current.Connect(newcomer, request.Connection));
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted accepted) return Reply.From(decision);

        connections.Open(request.Connection, newcomer);
        var user = accepted.Next.Users[request.Name];
        var games = await Task.WhenAll(user.Games.Select(seat => journal.Find(seat.Game).AsTask()));
        return new Reply.Welcome(user, null, [.. games.OfType<Game>()]);
    }
}
