using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>Which nodes are taken for dead, and when the bus is not trusted.</summary>
public sealed class PulseTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Pulse _pulse;
    private double _beat;

    public PulseTests() => _pulse = new(_time);

    [Fact]
    public void A_node_that_says_nothing_is_gone_within_17_s_and_not_within_8()
    {
        Pass(1, "a", "b");

        Pass(8, "a");
        var early = _pulse.GoneFor("a");
        Pass(9, "a");

        Assert.Empty(early);
        Assert.Equal(["b"], _pulse.GoneFor("a"));
    }

    [Fact]
    public void A_node_that_was_never_heard_of_and_has_connections_is_gone_as_well()
    {
        for (var i = 0; i < 40; i++) Beat(["a"], ["a", "x"]);

        Assert.Equal(["x"], _pulse.GoneFor("a"));
    }

    [Fact]
    public void A_Redis_that_was_away_or_forgot_everything_makes_nobody_look_dead()
    {
        Pass(1, "a", "b");

        _time.Advance(TimeSpan.FromMinutes(1));
        Pass(1, "a", "b");

        Assert.Empty(_pulse.GoneFor("a"));
    }

    [Fact]
    public void The_first_of_those_that_are_left_looks_after_the_dead_and_the_others_later()
    {
        Pass(1, "a", "b", "c");

        Pass(11, "a", "b");

        Assert.Equal(["c"], _pulse.GoneFor("a"));
        Assert.Empty(_pulse.GoneFor("b"));
        Pass(2, "a", "b");
        Assert.Equal(["c"], _pulse.GoneFor("b"));
    }

    [Fact]
    public void The_bus_is_not_trusted_while_Redis_or_another_node_is_quiet()
    {
        Pass(1, "a", "b");
        var well = _pulse.IsWell;
        Pass(2, "a");
        var quiet = _pulse.IsWell;
        Pass(1, "a", "b");
        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.True(well);
        Assert.False(quiet);
        Assert.False(_pulse.IsWell);
    }

    [Fact]
    public void A_node_without_Redis_is_ready_for_30_s()
    {
        Pass(1, "a");
        _time.Advance(TimeSpan.FromSeconds(29));
        var before = _pulse.IsReady;
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(before);
        Assert.False(_pulse.IsReady);
    }

    private void Pass(double seconds, params string[] nodes)
    {
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += Pulse.Period) Beat(nodes, nodes);
    }

    private void Beat(string[] heard, string[] known)
    {
        _time.Advance(Pulse.Period);
        _beat++;
        _pulse.Hear(heard.ToDictionary(node => node, _ => _beat), known);
    }
}
