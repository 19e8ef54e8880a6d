using System.Globalization;
using BenchmarkDotNet.Running;
using ConnectFour.Bench;
using ConnectFour.Bench.Load;

// dotnet run -c Release --project bench -- --filter '*'            the rules, and the pieces of a move
// dotnet run -c Release --project bench -- journal                 the journal: moves, growth
// dotnet run -c Release --project bench -- load [--games 200] [--idle 0] [--pace 2000] [--seconds 10] [--runs 5] [--alone]    moves a second beside the tutorial's server and a bare relay; pace in ms
// dotnet run -c Release --project bench -- idle 10000              so many users who do nothing
// dotnet run -c Release --project bench -- lobby 2000              so many who look at the lobby while 50 users a second come, and then go
// dotnet run -c Release --project bench -- storm 5000              so many players who lose their lines at once and come back
// dotnet run -c Release --project bench -- cluster [--nodes 1,2,3] [--games 200] [--idle 0] [--pace 0] [--seconds 8] [--runs 3]    games on so many nodes: moves a second, and what each costs Redis and PostgreSQL
// dotnet run -c Release --project bench -- cluster-lobby [--nodes 1,2,3] [--users 100,500,2000] [--seconds 5]    what changes of the lobby cost so many nodes and users
// dotnet run -c Release --project bench -- page                    the page: a lively lobby, falling discs
// dotnet run -c Release --project bench -- start 5000 1000000      start-up and history with so many running and finished games
// dotnet run -c Release --project bench -- solver FOLDER [--set L1_R3] [--count 10] [--threads 1] [--alone]    the solver beside the yardstick, or alone
// dotnet run -c Release --project bench -- solver --empty [--table 64] [--threads 1]               the solver on the empty board
// dotnet run -c Release --project bench -- bots [--pairs 100]      every level of bot against every other
// dotnet run -c Release --project bench -- bot-load               people's games with and without 500 games against bots
// dotnet run -c Release --project bench -- solver --book [--count 100]                             all columns of positions of random games, with the book
// dotnet run -c Release --project bench -- solver --reports [--count 100]                          reports of whole games
// dotnet run -c Release --project bench -- openings 100                                           so many openings that are exact draws
// dotnet run -c Release --project bench -- puzzles 200 Engine/puzzles.txt                          so many puzzles of each difficulty
// dotnet run -c Release --project bench -- book 8 2 JOURNAL Engine/opening.book                    the opening book up to a ply, with so many threads
switch (args)
{
    case ["journal"]:
        await JournalBench.Moves(Console.Out);
        break;
    case ["page"]:
        await PageBench.Run(Console.Out);
        break;
    case ["idle", var users]:
        await LoadBench.Idle(Number(users), TimeSpan.FromSeconds(10), Console.Out);
        break;
    case ["idle-generator", var url, var process, var users, var span]:
        await Crowds.Idle(Target.From(url, process), Number(users), TimeSpan.Parse(span, CultureInfo.InvariantCulture), Console.Out);
        break;
    case ["lobby", var watchers]:
        await LoadBench.Lobby(Number(watchers), TimeSpan.FromSeconds(10), Console.Out);
        break;
    case ["lobby-generator", var url, var process, var watchers, var span]:
        await Crowds.Lobby(Target.From(url, process), Number(watchers), TimeSpan.Parse(span, CultureInfo.InvariantCulture), Console.Out);
        break;
    case ["storm", var users]:
        await LoadBench.Storm(Number(users), Console.Out);
        break;
    case ["storm-generator", var url, var process, var users]:
        await Crowds.Storm(Target.From(url, process), Number(users), Console.Out);
        break;
    case ["load", .. var options]:
        await LoadBench.Play(
            Option(options, "--games", 200), Option(options, "--idle", 0), TimeSpan.FromMilliseconds(Option(options, "--pace", 0)), TimeSpan.FromSeconds(Option(options, "--seconds", 10)), Option(options, "--runs", 5), options.Contains("--alone"), Console.Out);
        break;
    case ["load-generator", var url, var process, var kind, var games, var idle, var pace, var span]:
        await Generator.Play(Target.From(url, process), kind == "relay", Number(games), Number(idle), TimeSpan.Parse(pace, CultureInfo.InvariantCulture), TimeSpan.Parse(span, CultureInfo.InvariantCulture), Console.Out);
        break;
    case ["cluster", .. var options]:
        await ClusterBench.Play(
            Options(options, "--nodes", "1,2,3"), Option(options, "--games", 200), Option(options, "--idle", 0), TimeSpan.FromMilliseconds(Option(options, "--pace", 0)), TimeSpan.FromSeconds(Option(options, "--seconds", 8)), Option(options, "--runs", 3), Console.Out);
        break;
    case ["cluster-lobby", .. var options]:
        await ClusterBench.Lobby(Options(options, "--nodes", "1,2,3"), Options(options, "--users", "100,500,2000"), TimeSpan.FromSeconds(Option(options, "--seconds", 5)), Console.Out);
        break;
    case ["relay", var url]:
        await Relay.Run(url);
        break;
    case ["start", var running, var finished]:
        await JournalBench.Start(Console.Out, Number(running), Number(finished));
        break;
    case ["solver", "--empty", .. var options]:
        SolverBench.Empty(Option(options, "--table", 64), Option(options, "--threads", 1), Console.Out);
        break;
    case ["solver", "--book", .. var options]:
        SolverBench.WithBook(Option(options, "--count", 100), Console.Out);
        break;
    case ["solver", "--reports", .. var options]:
        SolverBench.Reports(Option(options, "--count", 100), Console.Out);
        break;
    case ["solver", var folder, .. var options]:
        SolverBench.Files(folder, Text(options, "--set"), Option(options, "--count", int.MaxValue), Option(options, "--threads", 1), withYardstick: !options.Contains("--alone"), Console.Out);
        break;
    case ["bots", .. var options]:
        BotsBench.Run(Option(options, "--pairs", 100), Console.Out);
        break;
    case ["bot-load"]:
        await BotLoadBench.Run(Console.Out);
        break;
    case ["openings", var count]:
        OpeningFinder.Print(Number(count), Console.Out);
        break;
    case ["puzzles", var each, var file]:
        PuzzleMaker.Make(Number(each), file, Console.Out);
        break;
    case ["book", var lastPly, var threads, var journal, var book]:
        BookMaker.Make(Number(lastPly), Number(threads), journal, book, Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BoardBenchmarks).Assembly).Run(args);
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static string? Text(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at ? options[at + 1] : null;

static int Option(string[] options, string name, int otherwise) => Text(options, name) is { } text ? Number(text) : otherwise;

static int[] Options(string[] options, string name, string otherwise) => [.. (Text(options, name) ?? otherwise).Split(',').Select(Number)];
