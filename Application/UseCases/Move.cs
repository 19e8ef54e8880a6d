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

        var attempt = await games.Decide(id, game => game.Play(request.By, request.Ply, column, time.Now));

        return attempt switch
        {
            { Result: AppendResult.Committed, Decision: Decision<Game, GameEvent>.Accepted accepted } => accepted.Events.IsEmpty
                ? new Reply.Moved(id, await VersionOf(id, request.Ply - accepted.Next.Opening.Plies), Repeated: true)
                : new Reply.Moved(id, accepted.Next.Version - accepted.Events.Length + 1, Repeated: false),
            { Decision: Decision<Game, GameEvent>.Refused { Why: Refusal.Stale } } when await journal.Find(id) is { } game => new Reply.Stale(game),
            _ => Reply.From(attempt),
        };
    }

    /// <summary>The version that the game had right after a disc was dropped: the position of its event, counted from 1.</summary>
    /// <param name="dropped">How many were dropped before it.</param>
    private async ValueTask<int> VersionOf(GameId id, int dropped) => (await journal.Read(id))
        .Select((happened, index) => (happened, Version: index + 1))
        .Where(step => step.happened is GameEvent.DiscDropped)
        .ElementAt(dropped).Version;
}
