using System.Globalization;
using System.Text;

namespace ConnectFour.Simulation.Tests;

public sealed class SeedTests(ITestOutputHelper output)
{
    /// <summary>How many seeds are tried.</summary>
    private static readonly int Seeds = Setting("CONNECTFOUR_SIMULATION_SEEDS") ?? 2_000;

    /// <summary>One to try alone: to see again what it did.</summary>
    private static readonly int? Only = Setting("CONNECTFOUR_SIMULATION_SEED");

    [Fact]
    public void However_things_go_wrong_every_promise_is_kept()
    {
        var (games, moves, failures, begun, used) = (0, 0, new StringBuilder(), TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var seeds = Only is { } only ? [only] : Enumerable.Range(1, Seeds);

        foreach (var seed in seeds)
        {
            var run = Simulation.Run(seed);
            (games, moves) = (games + run.Games, moves + run.Moves);
            if (Only is not null) output.WriteLine($"{run}\n{run.Hash()}");
            if (run.Problems.Count > 0) failures.Append(run).Append('\n');
        }

        used = Environment.CpuUsage.TotalTime - used;
        var passed = TimeProvider.System.GetElapsedTime(begun);
        output.WriteLine($"{seeds.Count()} seeds, {games} games, {moves} moves in {passed.TotalSeconds:0.0} s: {games / passed.TotalSeconds:0} games/s, {games / used.TotalSeconds:0} of them in a second of one processor");
        Assert.True(failures.Length == 0, $"{failures}To see one again: CONNECTFOUR_SIMULATION_SEED=<seed> dotnet run -c Release --project tests/Simulation -- -class '*SeedTests' -showLiveOutput");
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

    private static int? Setting(string name) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
