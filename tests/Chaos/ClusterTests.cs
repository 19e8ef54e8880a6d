namespace ConnectFour.Chaos;

/// <summary>The same promise, whichever part of a cluster dies.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int Pairs = 50;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_whatever_is_killed_emptied_stopped_or_replaced_in_a_cluster_and_whichever_line_fails()
    {
        await using var cluster = await ClusterRun.Start();

        var run = await ClusterRun.Of(cluster, Pairs, ClusterRun.Length);

        output.WriteLine($"seed {RunSettings.Seed}\n{run.Figures}\n{string.Join(", ", run.Faults)}\n{string.Join('\n', Weather.Of(RunSettings.Seed, ClusterRun.Length))}\n{string.Join('\n', cluster.Nodes.SelectMany(node => node.Complaints).Take(30))}\n{string.Join('\n', run.Violations.Take(30))}");
        Assert.Empty(run.Violations);
        Assert.All(run.Exits, exit => Assert.Equal(0, exit));
        Assert.All(run.Faults, fault => Assert.True(fault.IsEnough, $"{fault}"));
        Assert.True(run.Figures is { Ok: > 1_000, Unknown: > 0, Finished: > 10 }, "The run was worth nothing.");
    }
}
