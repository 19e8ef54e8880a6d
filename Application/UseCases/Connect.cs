using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A connection says whose it is: by a name, by the token of an earlier connection, or by neither, and then its session tells.</summary>
/// <param name="Account">Who is logged in on this connection, or null.</param>
public sealed record ConnectCommand(ConnectionId Connection, string? Username, string? Token, Credential? Account = null) : ICommand;

public sealed class ConnectValidator : AbstractValidator<ConnectCommand>
{
    public ConnectValidator()
    {
        RuleFor(command => command).Must(command => command.Username is null || command.Token is null).WithState(_ => Malformation.BadMessage);
        RuleFor(command => command.Username!).MustBeUserName().When(command => command.Username is not null);
        RuleFor(command => command.Token).Must(token => ResumeToken.TryFrom(token, out _)).WithState(_ => Malformation.BadToken)
            .When(command => command.Token is not null);
    }
}

public sealed class ConnectHandler(ILobby lobby, IGameJournal journal, IProfiles profiles, OwnConnections connections, IRandomness randomness, ServerTime time)
    : IRequestHandler<ConnectCommand, Reply>
{
    public Task<Reply> Handle(ConnectCommand request, CancellationToken cancellationToken)
    {
        if (ResumeToken.TryFrom(request.Token, out var token)) return ConnectGuest(request.Connection, token);
        if (request.Username is { } name) return ConnectGuest(request.Connection, ResumeToken.New(UserName.From(name), randomness));
        return ConnectAccount(request.Connection, request.Account);
    }

    private async Task<Reply> ConnectGuest(ConnectionId connection, ResumeToken token)
    {
        if (await profiles.IsRegistered(token.Name)) return new Reply.Refused(Refusal.NameRegistered);

        var profile = await profiles.Find(token.Credential) ?? new Profile(token.Name, UserKind.Guest, null, false, default);
        return await Connect(connection, profile with { Name = token.Name }, token.Credential, token);
    }

    private async Task<Reply> ConnectAccount(ConnectionId connection, Credential? account)
    {
        if (account is null || await profiles.Find(account) is not { } profile) return new Reply.Refused(Refusal.NotLoggedIn);

        return await Connect(connection, profile, account, null);
    }

    private async Task<Reply> Connect(ConnectionId connection, Profile profile, Credential credential, ResumeToken? token)
    {
        var newcomer = new User(profile.Name, profile.Kind, credential, time.Now) { Colour = profile.Colour, OpenToMore = profile.OpenToMore, Challenges = profile.Challenges, Blocked = profile.Blocked, Tally = profile.Tally, Rating = profile.Rating };
        var decision = await lobby.Decide([newcomer.Name], current => current.Connect(newcomer, connection));
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted accepted) return Reply.From(decision);

        connections.Open(connection, newcomer);
        try
        {
            return await Welcome(accepted.Next.Users[newcomer.Name], token);
        }
        catch (IOException)
        {
            connections.Close(connection); // Nobody was welcomed on it. A shared lobby, which has it, loses it again.
            throw;
        }
    }

    private async Task<Reply> Welcome(User user, ResumeToken? token)
    {
        if (user.Connections.Length == 1 && user.Games.IsEmpty) user = await Recall(user);
        var games = await Task.WhenAll(user.Games.Select(seat => journal.Find(seat.Game).AsTask()));
        return new Reply.Welcome(user, token, [.. games.OfType<Game>()]);
    }

    /// <summary>Looks at the record once more: a game lost by absence may have been entered, and its player have left, since it was read.</summary>
    private async ValueTask<User> Recall(User user)
    {
        if (await profiles.Find(user.Credential) is not { } profile) return user;

        await lobby.Decide([user.Name], current => current.Recall(user.Name, profile.Tally, profile.Rating));
        return user with { Tally = profile.Tally, Rating = profile.Rating };
    }
}
