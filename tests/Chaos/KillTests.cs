using System.Collections.Immutable;
using System.Globalization;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>The promise: what the server has acknowledged is in the game for ever, exactly once, whichever process dies.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Pairs = 50;

    /// <summary>How long the last games may take; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Play without a kill at the end: a kill gives clocks their time back, and only without them do flags fall.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Short, so that a run sees absences.</summary>
    private static readonly Graces Graces = new() { Absence = TimeSpan.FromSeconds(8), Leaving = TimeSpan.FromSeconds(4) };

    private static readonly string[] Settings =
    [
        "--ConnectFour:Limits:ConnectionsPerAddress", "1000",
        "--ConnectFour:Limits:FramesPerSecond", "1000",
        "--ConnectFour:Limits:Burst", "1000",
        "--ConnectFour:Lobby:Grace", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:GraceAfterRestart", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:Patience", "00:00:00",
        "--ConnectFour:Lobby:GraceAfterLeaving", Graces.Leaving.ToString(),
    ];

    private static int Cycles => Number("CONNECTFOUR_CHAOS_CYCLES", 10);

    private static int Seed => Number("CONNECTFOUR_CHAOS_SEED", 1);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        await using var server = await ServerProcess.Published(Settings);

        var run = await Run(server, Pairs, Cycles);

        output.WriteLine($"seed {Seed}\n{run.Figures}\n{string.Join('\n', server.Complaints.Take(20))}");
        Assert.Empty(run.Violations);
        Assert.Equal(0, run.Exit);
        Assert.True(run.Figures is { Ok: > 1_000, Unknown: > 0, Finished: > 10 } && run.Figures.Ends.ContainsKey("flag"), "The run was worth nothing.");
    }

    /// <summary>Each switch breaks the promise in one way; that the same run notices shows what the one above is worth.</summary>
    [Theory]
    [InlineData("AcknowledgeBeforeCommit", Promise.AcknowledgedIsThere)]
    [InlineData("PublishBeforeCommit", Promise.ViewsMatch)]
    [InlineData("NoDedupe", Promise.AcknowledgedIsThere)]
    [InlineData("DeadlineWithoutVersionCheck", Promise.GamesAreLegal)]
    public async Task A_server_that_breaks_its_promise_is_found_out(string mutation, object broken)
    {
        await using var server = await Killing.StartMutant(mutation, Settings);

        var run = await Run(server, pairs: 20, cycles: 3);

        output.WriteLine($"{run.Figures}\n{string.Join('\n', run.Violations.Take(5))}");
        Assert.Contains(run.Violations, violation => violation.Broken.Equals(broken));
    }

    private static async Task<(ImmutableArray<Violation> Violations, Figures Figures, int Exit)> Run(ServerProcess server, int pairs, int cycles)
    {
        var history = new History();
        var clients = Clients(server.Address, history, pairs);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));
        var random = new Random(Seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_000, 3_000)), TimeProvider.System);
            history.Add(await server.KillAndStartAgain());
        }
        await Task.Delay(Quiet, TimeProvider.System);
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(Patience);
        var exit = await server.Stop();

        var journal = Journal.Read(server.DataDirectory);
        return (HistoryChecker.Check(history, journal.Games, journal.Users, Graces), Figures.Of(history), exit);
    }

    private static PlayingClient[] Clients(Uri server, History history, int pairs) =>
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

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
