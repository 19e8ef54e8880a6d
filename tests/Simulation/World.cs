using ConnectFour.Simulation.Tests.Clockwork;
using ConnectFour.Simulation.Tests.Journal;
using ConnectFour.Simulation.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Simulation.Tests;

/// <summary>Everything that there is in one run.</summary>
internal sealed class World
{
    private const int Nodes = 3;

    private readonly Action<IServiceCollection, SimulatedNode> _mutate;
    private readonly VirtualTime _redisTime;
    private readonly VirtualTime _databaseTime;
    private readonly SimulatedNode[] _nodes;
    private bool _isDatabaseTimeSet;

    /// <param name="mutate">Breaks a promise of every node.</param>
    public World(int seed, Func<Scheduler, Faults> faults, Action<IServiceCollection, SimulatedNode>? mutate = null)
    {
        _mutate = mutate ?? ((_, _) => { });
        Scheduler = new Scheduler(seed);
        Faults = faults(Scheduler);
        Nature = new Life(Scheduler);
        (ClientTime, _redisTime, _databaseTime) = (new VirtualTime(Scheduler, Nature), new VirtualTime(Scheduler, Nature), new VirtualTime(Scheduler, Nature));
        Database = new SimulatedDatabase(_databaseTime, ClientTime);
        Redis = new SimulatedRedis(_redisTime);
        Audit = new Audit(this);
        Redis.Model.Published += Audit.Stored;
        Database.Recovered += Audit.Recovered;
        Database.FlagFell += Audit.FlagFell;
        Log = new ProblemLog(Audit.Note);
        _nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new SimulatedNode(this))];
        Clients = [.. Cast()];
        foreach (var client in Clients) Begin(Nature, client.Play);
        Begin(Nature, Misbehave);
    }

    public Scheduler Scheduler { get; }

    public Faults Faults { get; }

    /// <summary>What goes on whoever dies.</summary>
    public Life Nature { get; }

    public VirtualTime ClientTime { get; }

    public SimulatedRedis Redis { get; }

    public SimulatedDatabase Database { get; }

    public History History { get; } = new();

    public Audit Audit { get; }

    public ProblemLog Log { get; }

    /// <summary>Short times, as a run is short.</summary>
    public LobbyRules Rules { get; } = new()
    {
        InvitationLifetime = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(8), GraceAfterLeaving = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(2), GraceAfterRestart = TimeSpan.FromSeconds(8), GraceWithoutGame = TimeSpan.FromSeconds(2),
    };

    /// <summary>What the rules promise to whoever is away. Nobody claims a win: all wait until the seats are lost by themselves.</summary>
    public Graces Graces => new() { Absence = Rules.Grace + Rules.Patience, Leaving = Rules.GraceAfterLeaving + Rules.Patience, IsTimed = !_isDatabaseTimeSet };

    /// <summary>Whether the time that all nodes follow was set: what clients saw cannot be compared with it then.</summary>
    public bool IsTimeSet => _databaseTime.Error != TimeSpan.Zero;

    public IReadOnlyList<SimulatedClient> Clients { get; }

    public IEnumerable<SimulatedNode> OpenNodes => _nodes.Where(node => node.IsOpen);

    /// <summary>Games that run are played to their end, and no other begins.</summary>
    public bool IsEnding { get; private set; }

    public void Mutate(IServiceCollection services, SimulatedNode node) => _mutate(services, node);

    /// <summary>One that takes connections, as a proxy would choose it; null if there is none.</summary>
    public SimulatedNode? OpenNode() => OpenNodes.ToArray() is { Length: > 0 } open ? open[Scheduler.Random.Next(open.Length)] : null;

    /// <summary>Does it within a life; that it fails is something that nobody thought of.</summary>
    public void Begin(Life life, Func<Task> act)
    {
        life.Begin(() => _ = Watched());

        async Task Watched()
        {
            try
            {
                await act();
            }
            catch (Exception problem)
            {
                Audit.Note($"{problem}");
            }
        }
    }

    /// <summary>All is well from now on.</summary>
    public void End()
    {
        IsEnding = true;
        Faults.End();
        if (!Redis.IsUp) Redis.Start();
        Database.IsUp = true;
        for (var i = 0; i < Nodes; i++)
            if (_nodes[i].Life.IsOver) _nodes[i] = new SimulatedNode(this);
        foreach (var node in _nodes.Where(node => node.Redis.IsCut)) node.Redis.IsCut = false;
    }

    /// <summary>Nothing happens any more.</summary>
    public void Close()
    {
        foreach (var node in _nodes) node.Life.End();
        Nature.End();
    }

    private IEnumerable<SimulatedClient> Cast()
    {
        (int, int)?[] clocks = [(5, 1), null, (10, 0)];
        for (var pair = 0; pair < clocks.Length; pair++)
        {
            var (one, other) = (UserName.From($"Ann{pair}"), UserName.From($"Bob{pair}"));
            yield return new(this, one, other, new Style(true, clocks[pair], 0.15, 8, 0.005));
            yield return new(this, other, one, new Style(false, null, 0.15, 8, 0.005));
        }
        yield return new(this, UserName.From("Cy"), null, new Style(false, null, 1, 1, 0.05));
    }

    private async Task Misbehave()
    {
        while (!IsEnding)
        {
            await Pass(0.5, 4);
            if (Faults.Mishaps is not { Count: > 0 } mishaps) continue;
            await Befall(mishaps[Scheduler.Random.Next(mishaps.Count)]);
        }
    }

    private async Task Befall(Fault mishap)
    {
        switch (mishap)
        {
            case Fault.NodeCrash when OpenNodes.Count() > 1:
                await Crash(Array.IndexOf(_nodes, OpenNode()));
                break;
            case Fault.RedisFlush:
                Redis.Model.Flush();
                break;
            case Fault.RedisRestart:
                Redis.Stop();
                await Pass(0.1, 4);
                if (!Redis.IsUp) Redis.Start();
                break;
            case Fault.RedisCut when OpenNode() is { } node:
                node.Redis.IsCut = true;
                await Pass(0.1, 6);
                node.Redis.IsCut = false;
                break;
            case Fault.DatabaseRestart:
                Database.IsUp = false;
                await Pass(0.1, 6);
                Database.IsUp = true;
                break;
            case Fault.ClockStep:
                VirtualTime[] clocks = [_redisTime, _databaseTime, .. OpenNodes.Select(node => node.Time)];
                var clock = clocks[Scheduler.Random.Next(clocks.Length)];
                clock.Error = TimeSpan.FromSeconds(Scheduler.Random.Next(-3_600, 3_600));
                _isDatabaseTimeSet |= clock == _databaseTime;
                break;
            default:
                return; // There is nobody whom it could befall.
        }
        Faults.Note(mishap);
    }

    private async Task Crash(int node)
    {
        _nodes[node].Kill();
        await Pass(0.1, 5);
        if (_nodes[node].Life.IsOver) _nodes[node] = new SimulatedNode(this);
    }

    /// <param name="least">In seconds.</param>
    private Task Pass(double least, double most) => Task.Delay(Scheduler.Between(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)), ClientTime);
}
