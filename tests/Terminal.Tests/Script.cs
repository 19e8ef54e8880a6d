using Spectre.Console;

namespace ConnectFour.Terminal.Tests;

/// <summary>Runs an activity without a terminal.</summary>
internal static class Script
{
    /// <summary>Long enough for a busy machine; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What is written when these lines are read.</summary>
    public static async Task<string> Play(string lines, Func<Backstage, Activity> begin)
    {
        var backstage = new Backstage();
        await using var activity = begin(backstage);
        using var read = new StringReader(lines.Replace(' ', '\n'));
        using var written = new StringWriter();
        using var patience = new CancellationTokenSource(Patience);
        await new LineStage(read, written, backstage).Run(activity, patience.Token);
        return written.ToString();
    }

    /// <summary>What a terminal is sent when these keys are pressed; <c>q</c> is the last of them.</summary>
    public static async Task<string> Press(string keys, Func<Backstage, Activity> begin, ColorSystemSupport colours, bool unicode)
    {
        var backstage = new Backstage();
        await using var activity = begin(backstage);
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = colours, Out = new AnsiConsoleOutput(written) });
        (console.Profile.Width, console.Profile.Height) = (ScreenPainter.Width, ScreenPainter.Height);
        using var patience = new CancellationTokenSource(Patience);
        var pressed = new Queue<ConsoleKeyInfo>(keys.Select(key => new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false)));
        using (var stage = new KeyStage(console, () => Task.FromResult(pressed.Dequeue()), new ScreenPainter(unicode), backstage, TimeProvider.System)) await stage.Run(activity, patience.Token);
        return written.ToString();
    }
}
