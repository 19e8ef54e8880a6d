namespace ConnectFour.Chaos;

/// <summary>Nobody owns a timer: whichever node dies, the clocks of its users run out, once and in time.</summary>
public sealed class FlagTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_clock_that_runs_out_while_its_node_is_killed_ends_the_game_once_and_in_time_unless_the_move_was_faster()
    {
        await using var cluster = await ClusterRun.Start();

        var run = await FlagRun.Of(cluster, FlagRun.Kills);

        output.WriteLine($"seed {RunSettings.Seed}: {FlagRun.Kills} kills, {run}\n{string.Join('\n', run.Violations.Take(30))}");
        Assert.Empty(run.Violations);
        Assert.True(run is { Moves: > 0, Flags: > 0 }, "The run was worth nothing.");
    }
}
