using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A client says which versions of which games it has, and learns what it missed.</summary>
public sealed record PingCommand(UserName By, ImmutableArray<(string Game, int Version)> Games) : ICommand;

public sealed class PingValidator : AbstractValidator<PingCommand>
{
    /// <summary>A user plays at most ten games and watches ten; a page may keep some finished ones open.</summary>
    private const int MostGames = 30;

    public PingValidator()
    {
        RuleFor(command => command.Games).Must(games => games.Length <= MostGames).WithState(_ => Malformation.BadMessage);
        RuleForEach(command => command.Games).ChildRules(known =>
        {
            known.RuleFor(game => game.Game).MustBeGameId();
            known.RuleFor(game => game.Version).GreaterThanOrEqualTo(0).WithState(_ => Malformation.BadMessage);
        });
    }
}

public sealed class PingHandler(ILobby lobby, IGameJournal journal) : IRequestHandler<PingCommand, Reply>
{
    public async Task<Reply> Handle(PingCommand request, CancellationToken cancellationToken)
    {
        var (behind, setBack) = (ImmutableArray.CreateBuilder<Game>(), ImmutableArray.CreateBuilder<Game>());
        var unknown = ImmutableArray.CreateBuilder<GameId>();
        foreach (var (id, version) in request.Games.DistinctBy(known => known.Game))
        {
            var game = await journal.Find(new GameId(id));
            if (game is null) unknown.Add(new GameId(id));
            else if (game.Version > version) behind.Add(game);
            else if (game.Version < version) setBack.Add(game);
        }
        // Whoever has a seat in a game that the journal does not have yet must not let it go: it is on its way there.
        if (unknown.Count > 0 && await lobby.Find(request.By) is { } user) unknown.RemoveAll(id => user.Games.Any(seat => seat.Game == id));
        return new Reply.Pong(behind.ToImmutable(), setBack.ToImmutable(), unknown.ToImmutable());
    }
}
