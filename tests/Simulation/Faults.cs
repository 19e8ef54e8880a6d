using ConnectFour.Simulation.Tests.Clockwork;
using ConnectFour.Simulation.Tests.Redis;

namespace ConnectFour.Simulation.Tests;

/// <summary>One way in which things go wrong.</summary>
internal enum Fault
{
    QuestionLost,
    AnswerLost,
    LineSlow,
    MessageLost,
    MessageTwice,
    MessageLate,

    // From here on: something that happens now and then, and is undone.
    NodeCrash,
    RedisFlush,
    RedisRestart,
    RedisCut,
    DatabaseRestart,
    ClockStep,
}

/// <summary>What goes wrong in a run, and how often: the seed decides which kinds there are.</summary>
internal sealed class Faults
{
    private readonly int[] _happened = new int[Enum.GetValues<Fault>().Length];

    public Faults() => (ToRedis, ToDatabase, Bus) = (new(this), new(this), new(this));

    public Weather ToRedis { get; }

    public Weather ToDatabase { get; }

    public Bus Bus { get; }

    public IReadOnlyList<Fault> Mishaps { get; private set; } = [];

    /// <summary>Nothing goes wrong, but things take their time.</summary>
    public static Faults None => new();

    public static Faults From(Scheduler scheduler)
    {
        var faults = new Faults { Mishaps = [.. Enum.GetValues<Fault>().Where(fault => fault >= Fault.NodeCrash && scheduler.Chance(0.4))] };
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

    /// <summary>How often it has happened.</summary>
    public int Count(Fault fault) => _happened[(int)fault];

    /// <summary>It happens, or does not.</summary>
    /// <param name="share">How likely it is.</param>
    public bool Happens(Scheduler scheduler, double share, Fault fault)
    {
        if (!scheduler.Chance(share)) return false;
        Note(fault);
        return true;
    }

    /// <summary>It has happened.</summary>
    public void Note(Fault fault) => _happened[(int)fault]++;

    /// <summary>From now on nothing goes wrong.</summary>
    public void End()
    {
        ToRedis.Clear();
        ToDatabase.Clear();
        Bus.Clear();
        Mishaps = [];
    }
}
