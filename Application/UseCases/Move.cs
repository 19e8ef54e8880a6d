using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <param name="Ply">How many discs the player saw on the board.</param>
/// <param name="Column">1 to 7 from the left.</param>
public sealed record MoveCommand(UserName By, string Game, int Ply, int Column) : ICommand;

public sealed class MoveValidator : AbstractValidator<MoveCommand>
{
    public MoveValidator()
    {
        RuleFor(command => command.Game).MustBeGameId();
        RuleFor(command => command.Ply).InclusiveBetween(0, Board.Cells - 1).WithState(_ => Malformation.BadMessage);
        RuleFor(command => command.Column).Must(Column.IsValid).WithState(_ => Malformation.BadColumn);
    }
}

public sealed class MoveHandler(Games games, IGameJournal journal, ServerTime time) : IRequestHandler<MoveCommand, Reply>
{
    public async Task<Reply> Handle(MoveCommand request, CancellationToken cancellationToken)
    {
        var (id, column) = (new GameId(request.Game), Column.From(request.Column));

        var decision = await games.Decide(id, game => game.Play(request.By, request.Ply, column, time.Now));

        return decision switch
        {
            // A game's first event is its start, and every ply is one more.
            Decision<Game, GameEvent>.Accepted accepted => new Reply.Moved(id, request.Ply + 2, Repeated: accepted.Events.IsEmpty),
            Decision<Game, GameEvent>.Refused { Why: Refusal.Stale } when await journal.Find(id) is { } game => new Reply.Stale(game),
            _ => Reply.From(decision),
        };
    }
}
