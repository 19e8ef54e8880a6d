using System.Globalization;
using ConnectFour.TestKit;

namespace ConnectFour.Bench;

/// <summary>Whether bots slow the games of people: how long a person waits for a move to be confirmed, without bot games and with many, in turn.</summary>
internal static class BotLoadBench
{
    private const int Pairs = 50;
    private const int BotGames = 500;
    private const int Rounds = 3;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BotPace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);
    private static readonly string[] Levels = ["Rookie", "Casual", "Club", "Master", "Perfect"];

    public static async Task Run(TextWriter to)
    {
        to.WriteLine($"{Pairs} games between people, a move each {Pace.TotalSeconds} s; {BotGames} games against bots, a move each {BotPace.TotalSeconds} s");
        for (var round = 1; round <= Rounds; round++)
        {
            await Measure(to, $"round {round}, without bot games", 0);
            await Measure(to, $"round {round}, with them", BotGames);
        }
    }

    private static async Task Measure(TextWriter to, string what, int botGames)
    {
        await using var server = await ServerProcess.Start(typeof(Web.Server).Assembly.Location, "--ConnectFour:Limits:ConnectionsPerAddress", "2000");
        var people = Enumerable.Range(0, Pairs).SelectMany(pair => (LoadPlayer[])
            [new($"accepts{pair}", null, Pace, pair), new($"asks{pair}", $"accepts{pair}", Pace, Pairs + pair)]).ToArray();
        var others = Enumerable.Range(0, botGames).Select(guest => new LoadPlayer($"guest{guest}", Levels[guest % Levels.Length], BotPace, guest)).ToArray();
        foreach (var player in people.Concat(others)) await player.Begin(server.Address);

        await Task.Delay(Settling);
        foreach (var player in people.Concat(others))
        {
            player.Latencies.Clear();
            player.Waits.Clear();
        }
        await Task.Delay(Span);

        to.WriteLine($"{what}: {Figures(people)}{(botGames == 0 ? "" : $"; against bots {Figures(others)}, whose answers came after {Waits(others)}")}");
        foreach (var player in people.Concat(others)) player.Dispose();
    }

    private static string Waits(LoadPlayer[] players)
    {
        var sorted = players.SelectMany(player => player.Waits).Select(wait => wait.TotalSeconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2]:0.00} s, p99 {sorted[sorted.Length * 99 / 100]:0.00} s, at most {sorted[^1]:0.00} s");
    }

    private static string Figures(LoadPlayer[] players)
    {
        var sorted = players.SelectMany(player => player.Latencies).Select(latency => latency.TotalMilliseconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted.Length / Span.TotalSeconds:0} moves/s, p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms");

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
