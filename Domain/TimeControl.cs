using System.Diagnostics.CodeAnalysis;

namespace ConnectFour.Domain;

/// <summary>A Fischer time control: each player starts with <see cref="Initial"/> and gets <see cref="Increment"/> after each of their moves.</summary>
public sealed record TimeControl
{
    private TimeControl(int initial, int increment) =>
        (Initial, Increment) = (TimeSpan.FromSeconds(initial), TimeSpan.FromSeconds(increment));

    /// <summary>5 seconds to 3 hours, in whole seconds.</summary>
    public TimeSpan Initial { get; }

    /// <summary>0 to 180 seconds, in whole seconds.</summary>
    public TimeSpan Increment { get; }

    /// <summary>3 minutes and 2 seconds a move.</summary>
    public static TimeControl Default { get; } = new(180, 2);

    /// <param name="initial">Seconds, 5 to 10,800.</param>
    /// <param name="increment">Seconds, 0 to 180.</param>
    public static bool IsValid(int initial, int increment) => initial is >= 5 and <= 10_800 && increment is >= 0 and <= 180;

    /// <inheritdoc cref="IsValid"/>
    /// <exception cref="ArgumentOutOfRangeException">Outside these ranges.</exception>
    public static TimeControl From(int initial, int increment) => TryFrom(initial, increment, out var control)
        ? control
        : throw new ArgumentOutOfRangeException(nameof(initial), $"{initial}+{increment} is outside 5-10800 + 0-180 seconds.");

    /// <inheritdoc cref="IsValid"/>
    public static bool TryFrom(int initial, int increment, [NotNullWhen(true)] out TimeControl? control)
    {
        control = IsValid(initial, increment) ? new TimeControl(initial, increment) : null;
        return control is not null;
    }
}
