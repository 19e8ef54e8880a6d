using System.Runtime.InteropServices;
using ConnectFour.Terminal;
using Spectre.Console;

const int Wrong = 2;
const int Interrupted = 130;

using var interruption = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var words = args.ToList();
    var isPlain = words.Remove("--plain");
    var isByLine = words.Remove("--lines");
    await Run(Request.Parse([.. words]), isPlain, isByLine);
    return 0;
}
catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(problem.Message);
    return Wrong;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return Interrupted;
}

async Task Run(Request request, bool isPlain, bool isByLine)
{
    switch (request)
    {
        case Request.Help:
            Console.WriteLine(Request.Usage);
            break;
        case Request.Solve solve:
            Solving(solve.Threads).Solve(solve.Moves, interruption.Token);
            break;
        case Request.SolveFile { File: "-" } solve:
            Solving(solve.Threads).SolveLines(Console.In, "standard input", interruption.Token);
            break;
        case Request.SolveFile solve:
            using (var lines = File.OpenText(solve.File)) Solving(solve.Threads).SolveLines(lines, solve.File, interruption.Token);
            break;
        default:
            await Interact(request, isPlain, isByLine);
            break;
    }
}

SolveCommand Solving(int threads) => new(new ConnectFour.Engine.Solver(new() { Threads = threads }), Console.Out, Console.Error, TimeProvider.System);

async Task Interact(Request request, bool isPlain, bool isByLine)
{
    var backstage = new Backstage();
    var console = AnsiConsole.Create(new AnsiConsoleSettings { ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect });
    if (isByLine || Console.IsInputRedirected || Console.IsOutputRedirected || !console.Profile.Capabilities.Ansi)
    {
        var lines = new LineStage(Console.In, Console.Out, backstage);
        await new Front(backstage, lines.Run, TimeProvider.System).Run(request, interruption.Token);
        return;
    }
    // Waiting takes no time of the processor, as asking again and again would.
    using var keys = new KeyStage(console, () => Task.Run(() => Console.ReadKey(intercept: true)), new ScreenPainter(!isPlain && console.Profile.Capabilities.Unicode), backstage, TimeProvider.System);
    await new Front(backstage, keys.Run, TimeProvider.System).Run(request, interruption.Token);
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    interruption.Cancel();
}
