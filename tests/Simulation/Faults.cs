using ConnectFour.Simulation.Tests.Clockwork;
using ConnectFour.Simulation.Tests.Redis;

namespace ConnectFour.Simulation.Tests;

/// <summary>What goes wrong in a run, and how often: the seed decides which kinds there are.</summary>
internal sealed class Faults
{
    /// <summary>Something that happens now and then, and is undone.</summary>
    public enum Mishap
    {
        NodeCrash,
        RedisFlush,
        RedisRestart,
        RedisCut,
        DatabaseRestart,
        ClockStep,
    }

    public Weather ToRedis { get; } = new();

    public Weather ToDatabase { get; } = new();

    public Bus Bus { get; } = new();

    public IReadOnlyList<Mishap> Mishaps { get; private set; } = [];

    /// <summary>Nothing goes wrong, but things take their time.</summary>
    public static Faults None => new();

    public static Faults From(Scheduler scheduler)
    {
        var faults = new Faults { Mishaps = [.. Enum.GetValues<Mishap>().Where(_ => scheduler.Chance(0.4))] };
        foreach (var weather in (Weather[])[faults.ToRedis, faults.ToDatabase])
        {
            if (scheduler.Chance(0.4)) weather.Lost = 0.01;
            if (scheduler.Chance(0.4)) weather.Unheard = 0.02;
            if (scheduler.Chance(0.4)) weather.Slow = 0.02;
            weather.Broken = scheduler.Random.NextDouble();
        }
        if (scheduler.Chance(0.4)) faults.Bus.Lost = 0.2;
        if (scheduler.Chance(0.4)) faults.Bus.Twice = 0.2;
        if (scheduler.Chance(0.4)) faults.Bus.Late = 0.2;
        return faults;
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void End()
    {
        ToRedis.Clear();
        ToDatabase.Clear();
        Bus.Clear();
        Mishaps = [];
    }
}
