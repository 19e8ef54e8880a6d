using BenchmarkDotNet.Running;
using ConnectFour.Bench;

// dotnet run -c Release --project bench -- --filter '*'            the rules
// dotnet run -c Release --project bench -- journal                 the journal: moves, growth
// dotnet run -c Release --project bench -- page                    the page: a lively lobby, falling discs
// dotnet run -c Release --project bench -- start 5000 1000000      start-up and history with so many running and finished games
switch (args)
{
    case ["journal"]:
        await JournalBench.Moves(Console.Out);
        break;
    case ["page"]:
        await PageBench.Run(Console.Out);
        break;
    case ["start", var running, var finished]:
        await JournalBench.Start(Console.Out, int.Parse(running, System.Globalization.CultureInfo.InvariantCulture), int.Parse(finished, System.Globalization.CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BoardBenchmarks).Assembly).Run(args);
        break;
}
