using ConnectFour.Application.Ports;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A user looks for others by the beginning of their names, without regard to case.</summary>
public sealed record FindCommand(UserName By, string Prefix) : ICommand;

public sealed class FindValidator : AbstractValidator<FindCommand>
{
    public FindValidator() => RuleFor(command => command.Prefix).Length(1, UserName.MaxLength).WithState(_ => Malformation.BadMessage);
}

public sealed class FindHandler(ILobby lobby) : IRequestHandler<FindCommand, Reply>
{
    private const int Most = 20;

    public async Task<Reply> Handle(FindCommand request, CancellationToken cancellationToken) =>
        new Reply.Found(await lobby.Search(request.Prefix, Most));
}
