using System.Collections.Immutable;

namespace ConnectFour.Chaos;

/// <summary>Clients who play on a server that is killed again and again, and what became of their moves.</summary>
internal static class KillRun
{
    /// <summary>Play without a kill at the end: a kill gives clocks their time back, and only without them do flags fall.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public static int Cycles => RunSettings.Number("CONNECTFOUR_CHAOS_CYCLES", 10);

    public static async Task<(ImmutableArray<Violation> Violations, Figures Figures, int Exit)> Of(ServerProcess server, int pairs, int cycles, bool untilFlagsFall = true)
    {
        var history = new History();
        var clients = Company.Of(pairs, () => server.Address, history);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        var random = new Random(RunSettings.Seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_000, 3_000)), TimeProvider.System);
            history.Add(await server.KillAndStartAgain());
        }
        if (untilFlagsFall) await Task.Delay(Quiet, TimeProvider.System);
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(RunSettings.Patience);
        var exit = await server.Stop();

        var journal = Journal.OfDirectory(server.DataDirectory);
        return (HistoryChecker.Check(history, journal.Games, journal.Users, RunSettings.Graces), Figures.Of(history), exit);
    }
}
