using System.Globalization;

namespace ConnectFour.Terminal;

/// <summary>What a person wants, by a key or a typed line. One of the cases nested here, and no other.</summary>
internal abstract record Command
{
    private Command() { }

    /// <summary>What needs no more words.</summary>
    public sealed record Do(Act Act) : Command;

    public sealed record Drop(Column Column) : Command;

    public sealed record Jump(int Ply) : Command;

    public sealed record Paste(string Text) : Command;

    /// <param name="Control">Null for a game without clocks.</param>
    public sealed record Challenge(string Opponent, TimeControl? Control) : Command;

    /// <summary>Something else; whoever shows the scene may still make sense of it.</summary>
    public sealed record Other(string Text) : Command;

    private static readonly Dictionary<string, Act> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["left"] = Act.Left,
        ["right"] = Act.Right,
        ["up"] = Act.Up,
        ["down"] = Act.Down,
        ["enter"] = Act.Enter,
        ["back"] = Act.Back,
        ["forward"] = Act.Forward,
        ["start"] = Act.Start,
        ["end"] = Act.End,
        ["new"] = Act.New,
        ["accept"] = Act.Accept,
        ["decline"] = Act.Decline,
        ["cancel"] = Act.Cancel,
        ["resign"] = Act.Resign,
        ["rematch"] = Act.Rematch,
        ["next"] = Act.Next,
        ["wait"] = Act.Wait,
        ["scores"] = Act.Scores,
        ["help"] = Act.Help,
        ["?"] = Act.Help,
        ["quit"] = Act.Leave,
        ["q"] = Act.Leave,
    };

    public static Command Parse(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => new Do(Act.Enter),
            [[var digit]] when char.IsAsciiDigit(digit) && Column.TryFrom(digit - '0', out var column) => new Drop(column),
            [var word] when Words.TryGetValue(word, out var act) => new Do(act),
            ["jump", var ply] when int.TryParse(ply, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new Jump(number),
            ["paste", .. var notation] => new Paste(string.Concat(notation)),
            ["challenge", var opponent] => new Challenge(opponent, TimeControl.Default),
            ["challenge", var opponent, "none"] => new Challenge(opponent, null),
            ["challenge", var opponent, var clock] when ControlOf(clock) is { } control => new Challenge(opponent, control),
            _ => new Other(string.Join(' ', words)),
        };
    }

    /// <param name="text">Seconds at the start and for each move, such as <c>180+2</c>.</param>
    private static TimeControl? ControlOf(string text) =>
        text.Split('+') is [var initial, var increment]
            && int.TryParse(initial, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && int.TryParse(increment, NumberStyles.None, CultureInfo.InvariantCulture, out var more)
            && TimeControl.TryFrom(seconds, more, out var control) ? control : null;
}

internal enum Act
{
    Left,
    Right,
    Up,
    Down,
    Enter,
    Back,
    Forward,
    Start,
    End,
    New,
    Accept,
    Decline,
    Cancel,
    Resign,
    Rematch,
    Next,
    Wait,
    Scores,
    Help,
    Leave,
}
