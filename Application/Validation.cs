using FluentValidation;
using MediatR;

namespace ConnectFour.Application;

/// <summary>The pipeline's only step: malformed input is answered here and never reaches its handler.</summary>
public sealed class Validation<TCommand>(IEnumerable<IValidator<TCommand>> validators) : IPipelineBehavior<TCommand, Reply>
    where TCommand : ICommand
{
    public Task<Reply> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<Reply> next)
    {
        foreach (var validator in validators)
            if (validator.Validate(request).Errors is [var first, ..])
                return Task.FromResult<Reply>(new Reply.Malformed(first.CustomState is Malformation what ? what : Malformation.BadMessage));
        return next();
    }
}

/// <summary>Shapes that several commands share.</summary>
internal static class Shapes
{
    private const int LongestGameId = 32;

    public static IRuleBuilderOptions<T, string> MustBeUserName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(name => UserName.IsValid(name)).WithState(_ => Malformation.BadName);

    public static IRuleBuilderOptions<T, (int Initial, int Increment)?> MustBeClock<T>(this IRuleBuilder<T, (int Initial, int Increment)?> rule) =>
        rule.Must(clock => clock is not var (initial, increment) || TimeControl.IsValid(initial, increment)).WithState(_ => Malformation.BadClock);

    public static TimeControl? Control((int Initial, int Increment)? clock) => clock is var (initial, increment) ? TimeControl.From(initial, increment) : null;

    /// <summary>The second game of a pair comes of the first, and is nothing to ask for.</summary>
    public static IRuleBuilderOptions<T, Balance?> MustBeOffered<T>(this IRuleBuilder<T, Balance?> rule) =>
        rule.Must(balance => balance is Balance.None or Balance.Swap or Balance.Pair).WithState(_ => Malformation.BadMessage);

    public static Terms Terms((int Initial, int Increment)? clock, Balance? balance) => new(Control(clock), balance!.Value);

    public static IRuleBuilderOptions<T, string> MustBeGameId<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(id => id?.Length is >= 1 and <= LongestGameId).WithState(_ => Malformation.BadMessage);
}
