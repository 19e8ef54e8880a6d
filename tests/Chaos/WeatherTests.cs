namespace ConnectFour.Chaos;

public sealed class WeatherTests
{
    private static readonly TimeSpan Run = TimeSpan.FromMinutes(3);

    [Fact]
    public void The_same_seed_says_which_fault_hits_whom_and_when()
    {
        Assert.Equal(Weather.Of(7, Run), Weather.Of(7, Run));
        Assert.NotEqual(Weather.Of(7, Run), Weather.Of(8, Run));
    }

    [Fact]
    public void Every_line_of_every_node_fails_in_a_run_and_in_some_run_in_every_way()
    {
        var lines = Weather.Of(1, Run).Select(fault => (fault.Node, fault.Party)).Distinct();
        var ways = Enumerable.Range(1, 30).SelectMany(seed => Weather.Of(seed, Run)).Select(fault => (fault.Node, fault.Party, fault.Mishap)).Distinct();

        Assert.Equal(Cluster.Count * 3, lines.Count());
        Assert.Equal(Cluster.Count * (3 * Mishap.Usual.Length + 1), ways.Count());
    }

    [Fact]
    public void Faults_come_one_after_the_other_and_none_lasts_as_long_as_an_outage()
    {
        var faults = Weather.Of(1, Run);

        Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Length < pair.Second.At));
        Assert.All(faults, fault => Assert.InRange(fault.Length.TotalSeconds, 0.5, 2.5));
        Assert.InRange(faults.Length, 40, 100);
    }
}
