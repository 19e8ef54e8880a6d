using System.Collections.Immutable;
using System.Globalization;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>Clients who play on a server that is killed again and again, and what became of their moves.</summary>
internal static class KillRun
{
    /// <summary>How long the last games may take; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Play without a kill at the end: a kill gives clocks their time back, and only without them do flags fall.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Short, so that a run sees absences.</summary>
    public static readonly Graces Graces = new() { Absence = TimeSpan.FromSeconds(8), Leaving = TimeSpan.FromSeconds(4) };

    public static readonly string[] Settings =
    [
        "--ConnectFour:Limits:ConnectionsPerAddress", "1000",
        "--ConnectFour:Limits:FramesPerSecond", "1000",
        "--ConnectFour:Limits:Burst", "1000",
        "--ConnectFour:Lobby:Grace", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:GraceAfterRestart", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:Patience", "00:00:00",
        "--ConnectFour:Lobby:GraceAfterLeaving", Graces.Leaving.ToString(),
    ];

    public static int Cycles => Number("CONNECTFOUR_CHAOS_CYCLES", 10);

    public static int Seed => Number("CONNECTFOUR_CHAOS_SEED", 1);

    public static async Task<(ImmutableArray<Violation> Violations, Figures Figures, int Exit)> Of(ServerProcess server, int pairs, int cycles, bool untilFlagsFall = true)
    {
        var history = new History();
        var clients = Clients(() => server.Address, history, pairs);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        var random = new Random(Seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_000, 3_000)), TimeProvider.System);
            history.Add(await server.KillAndStartAgain());
        }
        if (untilFlagsFall) await Task.Delay(Quiet, TimeProvider.System);
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(Patience);
        var exit = await server.Stop();

        var journal = Journal.OfDirectory(server.DataDirectory);
        return (HistoryChecker.Check(history, journal.Games, journal.Users, Graces), Figures.Of(history), exit);
    }

    public static PlayingClient[] Clients(Func<Uri> server, History history, int pairs) =>
    [
        .. from pair in Enumerable.Range(0, pairs)
           from challenges in (bool[])[true, false]
           let name = UserName.From($"Bot{pair}{(challenges ? 'a' : 'b')}")
           let opponent = UserName.From($"Bot{pair}{(challenges ? 'b' : 'a')}")
           select new PlayingClient(server, history, name, opponent, Style(pair, challenges), Seed + 1_000 * pair + (challenges ? 0 : 1)),
    ];

    /// <summary>Every fifth pair thinks so long that flags fall; of the others, half have clocks.</summary>
    private static PlayingStyle Style(int pair, bool challenges) => pair % 5 == 0
        ? new(challenges, TimeControl.From(5, 0), IsSlow: true)
        : new(challenges, pair % 2 == 0 ? TimeControl.From(60, 1) : null, IsSlow: false);

    public static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
