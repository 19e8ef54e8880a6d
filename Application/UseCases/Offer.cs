using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user makes a link by which somebody can come to play with them.</summary>
/// <param name="Clock">Initial time and increment in seconds, or null for a game without clocks.</param>
/// <param name="Balance">What is done about the advantage of moving first; null if what was asked for makes no sense.</param>
public sealed record OfferCommand(UserName By, (int Initial, int Increment)? Clock, Balance? Balance) : ICommand;

public sealed class OfferValidator : AbstractValidator<OfferCommand>
{
    public OfferValidator()
    {
        RuleFor(command => command.Clock).MustBeClock();
        RuleFor(command => command.Balance).MustBeOffered();
    }
}

public sealed class OfferHandler(ILobby lobby, IRandomness randomness, ServerTime time) : IRequestHandler<OfferCommand, Reply>
{
    public async Task<Reply> Handle(OfferCommand request, CancellationToken cancellationToken)
    {
        var (now, key) = (time.Now, randomness.NewLinkKey());
        var terms = Shapes.Terms(request.Clock, request.Balance);

        return Reply.From(await lobby.Decide([request.By], current => current.Offer(request.By, key, terms, now)));
    }
}
