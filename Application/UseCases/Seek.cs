using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>Quick pairing: a user wants a game with whoever waits longest for the same, or waits for whoever comes.</summary>
/// <param name="Clocks">The time controls that will do, the dearest first; null for a game without clocks.</param>
/// <param name="Balance">What is done about the advantage of moving first; null if what was asked for makes no sense.</param>
public sealed record SeekCommand(UserName By, ImmutableArray<(int Initial, int Increment)?> Clocks, Balance? Balance) : ICommand;

public sealed class SeekValidator : AbstractValidator<SeekCommand>
{
    public SeekValidator()
    {
        RuleFor(command => command.Clocks)
            .Must(clocks => clocks.Length is >= 1 and <= Seek.MostControls && clocks.Distinct().Count() == clocks.Length)
            .WithState(_ => Malformation.BadMessage);
        RuleForEach(command => command.Clocks).MustBeClock();
        RuleFor(command => command.Balance).MustBeOffered();
    }
}

public sealed class SeekHandler(ILobby lobby, Games games, IRandomness randomness, ServerTime time) : IRequestHandler<SeekCommand, Reply>
{
    public async Task<Reply> Handle(SeekCommand request, CancellationToken cancellationToken)
    {
        var (now, game) = (time.Now, randomness.NewGameId());
        ImmutableArray<TimeControl?> controls = [.. request.Clocks.Select(Shapes.Control)];
        var partners = await lobby.Find(request.By) is { } user ? await lobby.Partners(user with { Seek = new Seek(controls, request.Balance!.Value, now) }) : [];

        var decision = await lobby.Decide([request.By, .. partners], current => current.Seek(request.By, controls, request.Balance!.Value, partners, game, now));
        return await games.Start(decision);
    }
}
