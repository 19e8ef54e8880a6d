using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ConnectFour.Simulation.Tests;

public sealed class SeedTests(ITestOutputHelper output)
{
    /// <summary>How many seeds are tried.</summary>
    private static readonly int Seeds = Setting("CONNECTFOUR_SIMULATION_SEEDS") ?? 2_000;

    /// <summary>One to try alone: to see again what it did.</summary>
    private static readonly int? Only = Setting("CONNECTFOUR_SIMULATION_SEED");

    /// <summary>In fewer, what is rare may not happen.</summary>
    private const int Many = 1_000;

    [Fact]
    public void However_things_go_wrong_every_promise_is_kept()
    {
        var (figures, failures, begun, used) = (new Figures(), new StringBuilder(), TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);

        foreach (var seed in Only is { } only ? [only] : Enumerable.Range(1, Seeds))
        {
            var run = Simulation.Run(seed);
            figures.Add(run);
            if (Only is not null) output.WriteLine($"{run}\n{run.Hash()}");
            if (run.Problems.Count > 0) failures.Append(run).Append('\n');
        }

        used = Environment.CpuUsage.TotalTime - used;
        var passed = TimeProvider.System.GetElapsedTime(begun);
        output.WriteLine($"{figures}\n{passed.TotalSeconds:0.0} s: {figures.Games / passed.TotalSeconds:0} games/s, {figures.Games / used.TotalSeconds:0} of them in a second of one processor");
        Assert.True(failures.Length == 0, $"{failures}To see one again: CONNECTFOUR_SIMULATION_SEED=<seed> dotnet run -c Release --project tests/Simulation -- -class '*SeedTests' -showLiveOutput");
        if (figures.Runs >= Many) Assert.Empty(figures.Missing());
    }

    [Fact]
    public void A_run_in_which_nothing_goes_wrong_has_games_that_end()
    {
        var run = Simulation.Run(1, _ => Faults.None);

        Assert.Empty(run.Problems);
        Assert.InRange(run.Games, 2, 50);
        Assert.InRange(run.Moves, 20, 2_000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        foreach (var seed in Enumerable.Range(1, 20)) Assert.Equal(Simulation.Run(seed).Hash(), Simulation.Run(seed).Hash());
    }

    /// <summary>Another process has other hash codes of strings, by which some collections are in order.</summary>
    [Fact]
    public async Task The_same_seeds_give_the_same_runs_in_another_process()
    {
        const int Some = 20;
        var figures = new Figures();
        foreach (var seed in Enumerable.Range(1, Some)) figures.Add(Simulation.Run(seed));

        var other = new ProcessStartInfo("dotnet", [typeof(SeedTests).Assembly.Location, "-method", $"*{nameof(However_things_go_wrong_every_promise_is_kept)}", "-showLiveOutput"]) { RedirectStandardOutput = true };
        other.Environment["CONNECTFOUR_SIMULATION_SEEDS"] = $"{Some}";
        other.Environment.Remove("CONNECTFOUR_SIMULATION_SEED");
        using var process = Process.Start(other)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains(figures.Hash, said, StringComparison.Ordinal);
    }

    private static int? Setting(string name) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
