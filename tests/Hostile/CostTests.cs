using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>What a move costs the published server, counted and not timed. <c>docs/performance.md</c> has the figures.</summary>
[Collection(nameof(Siege))]
public sealed class CostTests(ITestOutputHelper output)
{
    private const int Pairs = 20;
    private const int Warm = 2, Counted = 6;

    /// <summary>In bytes, the starts and ends of the games and the lobby's changes included.</summary>
    private const int MostAllocated = 6_500;

    private static readonly string[] Roomy = ["--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Limits:FramesPerSecond", "1000", "--ConnectFour:Limits:Burst", "1000"];

    [Fact]
    public async Task A_move_allocates_no_more_than_its_messages_need()
    {
        var operations = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var server = await ServerProcess.Published([.. Roomy, "--ConnectFour:Operations:Url", operations.OriginalString]);
        using var http = new HttpClient { BaseAddress = operations };
        var pairs = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(number => Pair.Come(server.Address, number)));
        await Task.WhenAll(pairs.Select(pair => pair.Play(Warm)));

        var before = await http.GetStringAsync("/metrics");
        var moves = (await Task.WhenAll(pairs.Select(pair => pair.Play(Counted)))).Sum();
        var after = await http.GetStringAsync("/metrics");

        var (allocated, collections) = (Added("dotnet_gc_heap_total_allocated_bytes_total") / moves, Added("dotnet_gc_collections_total"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moves} moves, {allocated:0} bytes allocated for each, {collections:0} collections of all generations"));
        Assert.Equal(moves, Added("connectfour_move_duration_seconds_count"));
        Assert.InRange(allocated, 100, MostAllocated);
        foreach (var pair in pairs) pair.Dispose();

        double Added(string name) => Prometheus.Value(after, name) - Prometheus.Value(before, name);
    }

    private sealed class Pair(BareLine ann, BareLine bob, int number) : IDisposable
    {
        public static async Task<Pair> Come(Uri server, int number)
        {
            var pair = new Pair(await BareLine.Upgrade(server, Loopback.Next()), await BareLine.Upgrade(server, Loopback.Next()), number);
            await pair.Join();
            return pair;
        }

        /// <summary>Plays so many games to their ends.</summary>
        /// <returns>How many moves they had.</returns>
        public async Task<int> Play(int games)
        {
            var moves = 0;
            for (var game = 0; game < games; game++)
            {
                await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = $"Bob{number}", ["clock"] = null });
                await bob.Ask(new() { ["type"] = "accept", ["opponent"] = $"Ann{number}" });
                var id = (string)(await ann.Until("game"))["game"]!;
                var script = Draws.From(number + game).ToString();
                for (var ply = 0; ply < script.Length; ply++, moves++)
                    await (ply % 2 == 0 ? bob : ann).Ask(new() { ["type"] = "move", ["game"] = id, ["ply"] = ply, ["column"] = script[ply] - '0' });
                await Condition.Holds(async () => (string?)(await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = $"Bob{number}", ["clock"] = null }))["type"] == "ok");
                await ann.Ask(new() { ["type"] = "cancel", ["opponent"] = $"Bob{number}" });
            }
            return moves;
        }

        public void Dispose()
        {
            ann.Dispose();
            bob.Dispose();
        }

        private async Task Join()
        {
            await ann.Join($"Ann{number}");
            await bob.Join($"Bob{number}");
        }
    }
}
