using System.Security.Cryptography;
using System.Text;
using ConnectFour.Simulation.Tests.Clockwork;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Simulation.Tests;

/// <summary>One run: a while in which things go wrong, then a while in which all is well, and everything has to come right.</summary>
/// <param name="Problems">Whatever broke a promise; empty if none did.</param>
internal sealed record Simulation(int Seed, World World, IReadOnlyList<string> Problems)
{
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(12);

    /// <summary>Within that time all games end.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(90);

    /// <summary>Within that time after it, all agree: the ghosts of a node that died leave within 20 s, and seats in a game that was never stored are given up after a minute.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    public int Games => World.Database.Games.Count();

    public int Moves => World.Database.Games.Sum(game => game.PliesPlayed);

    /// <param name="faults">What goes wrong; if not said, the seed decides.</param>
    public static Simulation Run(int seed, Func<Scheduler, Faults>? faults = null, Action<IServiceCollection, SimulatedNode>? mutate = null)
    {
        var world = new World(seed, faults ?? Faults.From, mutate);
        world.Scheduler.Pass(Trouble);
        world.End();
        for (var passed = TimeSpan.Zero; passed < Ending && !world.Clients.All(client => client.IsQuiet); passed += Look) world.Scheduler.Pass(Look);
        var unrest = world.Audit.Unrest().ToArray();
        for (var passed = TimeSpan.Zero; passed < Calm && unrest.Length > 0; passed += Look)
        {
            world.Scheduler.Pass(Look);
            unrest = [.. world.Audit.Unrest()];
        }

        world.Close();
        var broken = HistoryChecker.Check(world.History, world.Database.Journal, world.Database.Users, world.Graces).Select(violation => violation.ToString())
            .Where(violation => !(world.IsTimeSet && violation.Contains(nameof(Outcome.Absence), StringComparison.Ordinal)));
        return new(seed, world, [.. world.Audit.Problems, .. broken, .. unrest]);
    }

    public override string ToString() => $"Seed {Seed}: {Games} games, {Moves} moves, {TimeSpan.FromTicks(World.Scheduler.Now).TotalSeconds:0.0} s in {World.Scheduler.Steps} steps\n{string.Join('\n', Problems)}";

    /// <summary>Of all that happened: the same for the same seed.</summary>
    public string Hash()
    {
        var all = new StringBuilder().Append(World.Scheduler.Steps);
        foreach (var observation in World.History.All) all.Append(observation).Append('\n');
        foreach (var game in World.Database.Journal) all.AppendJoin('\n', game.Events);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }
}
