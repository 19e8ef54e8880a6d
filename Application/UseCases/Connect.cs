using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A connection says whose it is: by a name, or by the token of an earlier connection. Exactly one of the two is given.</summary>
public sealed record ConnectCommand(ConnectionId Connection, string? Username, string? Token) : ICommand;

public sealed class ConnectValidator : AbstractValidator<ConnectCommand>
{
    public ConnectValidator()
    {
        RuleFor(command => command).Must(command => command.Username is null != command.Token is null).WithState(_ => Malformation.BadMessage);
        RuleFor(command => command.Username!).MustBeUserName().When(command => command.Username is not null);
        RuleFor(command => command.Token).Must(token => ResumeToken.TryFrom(token, out _)).WithState(_ => Malformation.BadToken)
            .When(command => command.Token is not null);
    }
}

public sealed class ConnectHandler(ILobby lobby, IGameJournal journal, IRandomness randomness, ServerTime time) : IRequestHandler<ConnectCommand, Reply>
{
    public async Task<Reply> Handle(ConnectCommand request, CancellationToken cancellationToken)
    {
        if (!ResumeToken.TryFrom(request.Token, out var token)) token = ResumeToken.New(UserName.From(request.Username!), randomness);

        var decision = await lobby.Decide([token.Name], current => current.Connect(token.Name, UserKind.Guest, token.Credential, request.Connection, time.Now));
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted accepted) return Reply.From(decision);

        var user = accepted.Next.Users[token.Name];
        var games = await Task.WhenAll(user.Games.Select(seat => journal.Find(seat.Game).AsTask()));
        return new Reply.Welcome(user, token, [.. games.OfType<Game>()]);
    }
}
