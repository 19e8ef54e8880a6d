namespace ConnectFour.Terminal;

/// <summary>Keys become commands at once, except while a line is being typed.</summary>
/// <param name="Text">What is being typed, or null.</param>
internal readonly record struct Entry(string? Text)
{
    private const int Longest = 200;

    /// <summary>What a key makes of it, and the command that it completes, if it does.</summary>
    public (Entry Next, Command? Command) Press(ConsoleKeyInfo key) => Text is null ? AtOnce(key) : Typing(Text, key);

    private static (Entry, Command?) AtOnce(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.LeftArrow => Do(Act.Left),
        ConsoleKey.RightArrow => Do(Act.Right),
        ConsoleKey.UpArrow => Do(Act.Up),
        ConsoleKey.DownArrow => Do(Act.Down),
        ConsoleKey.Enter or ConsoleKey.Spacebar => Do(Act.Enter),
        ConsoleKey.Backspace or ConsoleKey.PageUp => Do(Act.Back),
        ConsoleKey.PageDown => Do(Act.Forward),
        ConsoleKey.Home => Do(Act.Start),
        ConsoleKey.End => Do(Act.End),
        ConsoleKey.Tab => Do(Act.Next),
        _ => ByLetter(char.ToLowerInvariant(key.KeyChar)),
    };

    private static (Entry, Command?) ByLetter(char letter) => letter switch
    {
        >= '1' and <= '7' => (default, new Command.Drop(Column.From(letter - '0'))),
        '\r' or '\n' => Do(Act.Enter), // A line feed has a key of its own.
        'u' => Do(Act.Back),
        'f' => Do(Act.Forward),
        'n' => Do(Act.New),
        'a' => Do(Act.Accept),
        'd' => Do(Act.Decline),
        'x' => Do(Act.Cancel),
        'g' => Do(Act.Resign),
        'r' => Do(Act.Rematch),
        's' => Do(Act.Scores),
        '?' or 'h' => Do(Act.Help),
        'q' => Do(Act.Leave),
        ':' => (new Entry(""), null),
        'p' => (new Entry("paste "), null),
        'j' => (new Entry("jump "), null),
        'c' => (new Entry("challenge "), null),
        _ => default,
    };

    private static (Entry, Command?) Typing(string text, ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.Escape } => default,
        { Key: ConsoleKey.Enter } or { KeyChar: '\r' or '\n' } => (default, text.Trim().Length == 0 ? null : Command.Parse(text)),
        { Key: ConsoleKey.Backspace } => (new Entry(text.Length > 0 ? text[..^1] : null), null),
        { KeyChar: var character } when !char.IsControl(character) && text.Length < Longest => (new Entry(text + character), null),
        _ => (new Entry(text), null),
    };

    private static (Entry, Command?) Do(Act act) => (default, new Command.Do(act));
}
