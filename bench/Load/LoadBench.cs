using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ConnectFour.TestKit;

namespace ConnectFour.Bench.Load;

/// <summary>The server beside its peers: each alone on one core, the load on the other, in turns, several times; what is printed are medians.</summary>
internal static class LoadBench
{
    /// <summary>All limits in force, but wide enough for one machine that plays for everybody.</summary>
    public static readonly string[] Wide =
    [
        "--ConnectFour:Http:LinesPerAddress", "100000", "--ConnectFour:Limits:ConnectionsPerAddress", "100000", "--ConnectFour:Limits:Connections", "100000",
        "--ConnectFour:Limits:FramesPerSecond", "100000", "--ConnectFour:Limits:Burst", "100000",
    ];

    /// <summary>One of those that are compared.</summary>
    private sealed record Contender(string Name, bool IsRelay, Func<int, string[]> Command);

    private static readonly Contender Ours = new("this server", IsRelay: false, port =>
    [
        "dotnet", typeof(Web.Server).Assembly.Location, "--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Warning", "--ConnectFour:Bots:Enabled", "false",
        .. Wide, "--ConnectFour:Operations:Url", $"http://127.0.0.1:{port + 1}",
    ]);

    private static readonly Contender Tutorial = new("the tutorial's server", IsRelay: false, port => ["node", Path.Combine(Repository.Root, "bench", "peers", "tutorial.js"), $"{port}"]);

    private static readonly Contender Bare = new("a bare relay", IsRelay: true, port => ["dotnet", typeof(LoadBench).Assembly.Location, "relay", $"http://127.0.0.1:{port}"]);

    /// <param name="idle">Users who are there as well, and do nothing.</param>
    /// <param name="pace">How long each player takes over a move; zero for none.</param>
    public static async Task Play(int games, int idle, TimeSpan pace, TimeSpan span, int runs, bool isAlone, TextWriter to)
    {
        var systems = isAlone ? [Ours] : new[] { Ours, Tutorial, Bare };
        if (!isAlone) await Cores.Done(Process.Start("npm", ["ci", "--silent", "--no-audit", "--no-fund", "--prefix", Path.Combine(Repository.Root, "bench", "peers")]));
        to.WriteLine(Usage.Machine);
        var findings = systems.ToDictionary(system => system, _ => new List<Finding>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var system in systems)
            {
                var finding = await Once(system, 21_000 + 10 * run, games, idle, pace, span);
                findings[system].Add(finding);
                to.WriteLine(Line(system.Name, finding) + (finding.Trouble is null ? "" : $"  TROUBLE: {finding.Trouble}"));
            }
        }

        to.WriteLine();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{games} games, {idle} users who do nothing, pace {pace.TotalSeconds:0.#} s, {span.TotalSeconds:0} s each, median of {runs}:"));
        foreach (var system in systems) to.WriteLine(Line(system.Name, Median(findings[system])));
        foreach (var system in systems.Skip(1))
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Median(findings[Ours]).Moves / Median(findings[system]).Moves:0.00} times the moves of {system.Name}"));
    }

    /// <summary>This server with so many users who do nothing.</summary>
    public static async Task Idle(int users, TimeSpan span, TextWriter to) => Say(to, await Once(Ours, 21_000, ["idle-generator", $"{users}", span.ToString("c", CultureInfo.InvariantCulture)]));

    /// <summary>This server with so many who look at the lobby while others come and go.</summary>
    public static async Task Lobby(int watchers, TimeSpan span, TextWriter to) => Say(to, await Once(Ours, 21_000, ["lobby-generator", $"{watchers}", span.ToString("c", CultureInfo.InvariantCulture)]));

    /// <summary>This server with so many players who lose their lines and come back.</summary>
    public static async Task Storm(int users, TextWriter to) => Say(to, await Once(Ours, 21_000, ["storm-generator", $"{users}"]));

    private static void Say(TextWriter to, string what)
    {
        to.WriteLine(Usage.Machine);
        to.Write(what);
    }

    private static async Task<Finding> Once(Contender system, int port, int games, int idle, TimeSpan pace, TimeSpan span) => JsonSerializer.Deserialize<Finding>(await Once(system, port,
        ["load-generator", system.IsRelay ? "relay" : "server", $"{games}", $"{idle}", pace.ToString("c", CultureInfo.InvariantCulture), span.ToString("c", CultureInfo.InvariantCulture)]))!;

    /// <summary>What the generator says of a server that is started for it.</summary>
    private static async Task<string> Once(Contender system, int port, string[] generator)
    {
        using var folder = new TemporaryFolder();
        using var server = Cores.Start(Cores.Server, system.Command(port), folder.Path);
        try
        {
            await Listening(port);
            using var load = Cores.Generate($"http://127.0.0.1:{port}", $"{server.Id}", generator);
            var answer = await load.StandardOutput.ReadToEndAsync();
            await Cores.Done(load);
            return answer.Replace(Target.Mark + '\n', "", StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task Listening(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var probe = new System.Net.Sockets.TcpClient();
                await probe.ConnectAsync("127.0.0.1", port, patience.Token);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }

    private static Finding Median(List<Finding> findings) => findings.OrderBy(finding => finding.Moves).ElementAt(findings.Count / 2);

    private static string Line(string name, Finding finding) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-24}{finding.Moves,9:#,0} moves/s{finding.CpuPerMove,8:0} µs of the server each{finding.Core,6:0} % of a core   p50 {finding.P50,6:0.00} ms   p99 {finding.P99,7:0.00} ms{finding.Megabytes,7:0} MB{(finding.OldestCollections > 0 ? $"   {finding.OldestCollections:0.#} gen-2 collections a minute" : "")}");
}
