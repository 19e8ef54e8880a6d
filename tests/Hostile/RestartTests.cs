using System.Globalization;
using System.Net;

namespace ConnectFour.Hostile;

/// <summary>The server goes away under load, in order or not, and everybody comes back at once.</summary>
[Collection(nameof(Siege))]
public sealed class RestartTests(ITestOutputHelper output)
{
    /// <summary>What a stop may take, as docs/operating.md and its systemd unit count on: the first, or the second with thousands of sockets.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10), LongStopLimit = TimeSpan.FromSeconds(20);

    /// <summary>So many connections are closed in one go, and the next so much later: half of that is asked for, since on a busy machine the first may hear of it late.</summary>
    private const int ClosedAtOnce = 100;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    /// <summary>A fifth of it may come of the order in which one batch is heard.</summary>
    private const double Alike = 0.5;

    private static readonly string[] Roomy =
    [
        "--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Limits:FramesPerSecond", "1000", "--ConnectFour:Limits:Burst", "1000",
    ];

    private static int Clients => Number("CONNECTFOUR_STORM_CLIENTS", 500);

    /// <summary>How often the server is stopped under load: it is the starts in between that take time.</summary>
    private static int Stops => Number("CONNECTFOUR_STOPS", 6);

    [Fact]
    public async Task F20_A_stop_under_load_loses_no_confirmed_move_and_tells_everybody()
    {
        const int pairs = 20;
        await using var server = await ServerProcess.Published(Roomy);
        for (var time = 0; time < Stops; time++)
        {
            var players = await Task.WhenAll(Enumerable.Range(0, pairs).Select(async pair =>
            {
                var game = new Loaded(await BareLine.Upgrade(server.Address, Loopback.Next()), await BareLine.Upgrade(server.Address, Loopback.Next()), Draws.From(pair).ToString());
                return (Token: await game.Begin($"Ann{time}x{pair}", $"Bob{time}x{pair}"), Game: game);
            }));

            var playing = players.Select(player => player.Game.Play()).ToArray();
            await Condition.Holds(() => players.Sum(player => player.Game.Confirmed) > 4 * pairs);
            var asked = TimeProvider.System.GetTimestamp();
            var stopping = server.Stop();
            var readiness = await Readiness(server, stopping);
            var code = await stopping;
            var took = TimeProvider.System.GetElapsedTime(asked);
            await Task.WhenAll(playing);

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped in {took.TotalMilliseconds:0} ms with {players.Sum(player => player.Game.Confirmed)} moves confirmed"));
            Assert.Equal(0, code);
            Assert.True(took < StopLimit, $"It took {took}.");
            Assert.All(readiness, status => Assert.Contains(status, (HttpStatusCode?[])[HttpStatusCode.ServiceUnavailable, null]));
            Assert.All(players, player => Assert.Equal((1012, 1012), player.Game.Codes));
            await server.StartAgain();
            foreach (var (token, game) in players)
            {
                using var again = await BareLine.Upgrade(server.Address, Loopback.Next());
                await again.Ask(new() { ["type"] = "new_connection", ["token"] = token });
                var whole = await again.Until("game");
                Assert.True(((string)whole["moves"]!).Length >= game.Confirmed, "A confirmed move is missing.");
                Assert.StartsWith((string)whole["moves"]!, game.Script, StringComparison.Ordinal);
                game.Dispose();
            }
        }
    }

    [Fact]
    public async Task F20_While_it_stops_it_lives_is_not_ready_and_lets_nobody_in()
    {
        await using var server = await ServerProcess.Published(Roomy);
        using var slow = await BareLine.Upgrade(server.Address, Loopback.Next()); // Does not answer the close, and is waited for.
        await slow.Join("Slow");
        using var http = new HttpClient { BaseAddress = server.Address };

        var stopping = server.Stop();
        var seen = new HashSet<(HttpStatusCode Live, HttpStatusCode Ready, string Upgrade)>();
        try
        {
            while (!stopping.IsCompleted) seen.Add(((await http.GetAsync("/health/live")).StatusCode, (await http.GetAsync("/health/ready")).StatusCode, await BareLine.Refusal(server.Address, Loopback.Next())));
        }
        catch (Exception gone) when (gone is HttpRequestException or System.Net.Sockets.SocketException)
        {
            // It has stopped.
        }

        Assert.Contains((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, "503"), seen);
        Assert.Equal(0, await stopping);
        Assert.Equal(1012, await slow.Closed());
    }

    [Fact]
    public async Task F20_Who_has_not_said_all_that_they_wanted_to_keeps_nobody_waiting()
    {
        await using var server = await ServerProcess.Published(Roomy);
        byte[][] beginnings =
        [
            [],
            "GET / HTTP/1.1\r\nX-Half: "u8.ToArray(),
            BareLine.Request("POST /api/session HTTP/1.1", $"Host: {server.Address.Authority}", "Content-Type: application/json", "Content-Length: 5000"),
        ];
        var lines = await Task.WhenAll(beginnings.Select(async bytes =>
        {
            var line = await BareLine.Open(server.Address, Loopback.Next());
            await line.Send(bytes);
            return line;
        }));
        using (var http = new HttpClient { BaseAddress = server.Address }) await http.GetAsync("/health/live"); // By now it has heard of the others.

        var asked = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await server.Stop());
        var took = TimeProvider.System.GetElapsedTime(asked);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped in {took.TotalSeconds:0.0} s"));
        Assert.True(took < StopLimit, $"It took {took}.");
        Array.ForEach(lines, line => line.Dispose());
    }

    [Fact]
    public async Task F22_Everybody_is_back_at_once_after_a_restart()
    {
        await using var server = await ServerProcess.Published(Roomy);
        var crowd = await Crowd(server);

        await server.Kill();
        foreach (var client in crowd) client.Line.Dispose();
        await server.StartAgain();
        var started = TimeProvider.System.GetTimestamp();
        var back = await Task.WhenAll(crowd.Select(async client =>
        {
            var line = await BareLine.Upgrade(server.Address, client.Address);
            Assert.Equal("welcome", (string?)(await line.Ask(new() { ["type"] = "new_connection", ["token"] = client.Token }))["type"]);
            return line;
        }));
        var took = TimeProvider.System.GetElapsedTime(started);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clients} clients back in {took.TotalSeconds:0.00} s; memory {Memory.Of(server.ProcessId)} MB"));
        Assert.True(took < TimeSpan.FromSeconds(15), $"It took {took}.");
        foreach (var line in back) line.Dispose();
    }

    [Fact]
    public async Task Everybody_who_is_there_is_told_that_the_server_stops_and_it_does_in_time()
    {
        await using var server = await ServerProcess.Published(Roomy);
        var crowd = await Crowd(server);
        foreach (var client in crowd) await client.Line.Ask(new() { ["type"] = "ping" }); // Nobody has news to read before they hear that the server stops.
        var telling = Task.WhenAll(crowd.Select(Told));

        var asked = TimeProvider.System.GetTimestamp();
        var stopping = server.Stop();
        var code = await stopping;
        var took = TimeProvider.System.GetElapsedTime(asked);
        var told = await telling;

        var (spread, likeness) = (told.Max() - told.Min(), Likeness(told));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clients} clients told within {spread.TotalMilliseconds:0} ms, stopped in {took.TotalSeconds:0.00} s; their order is like that in which they had come by {likeness:0.00}"));
        Assert.Equal(0, code);
        Assert.All(crowd, client => Assert.Equal(1012, client.Line.Code));
        Assert.True(took < (Clients < 5_000 ? StopLimit : LongStopLimit), $"It took {took}.");
        Assert.True(spread > (Clients / ClosedAtOnce - 1) * Apart / 2, $"All were told within {spread}.");
        Assert.InRange(likeness, -Alike, Alike);
        foreach (var client in crowd) client.Line.Dispose();
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;

    /// <summary>When a client is told that the server stops.</summary>
    private static async Task<TimeSpan> Told(Client client)
    {
        await client.Line.Closed();
        return TimeProvider.System.GetElapsedTime(0);
    }

    /// <summary>How far the order of some moments is that in which they stand: 1 if it is, 0 if it has nothing to do with it, -1 if it is the reverse (Spearman's rank correlation).</summary>
    private static double Likeness(TimeSpan[] moments)
    {
        double count = moments.Length;
        var ranked = Enumerable.Range(0, moments.Length).OrderBy(number => moments[number]).ToArray();
        return 1 - 6 * ranked.Select((number, rank) => Math.Pow(number - rank, 2)).Sum() / (count * (count * count - 1));
    }

    /// <summary>As many users as the test is run with, 40 from each address.</summary>
    private static async Task<Client[]> Crowd(ServerProcess server)
    {
        const int fromOneAddress = 40;
        var addresses = Enumerable.Range(0, Clients / fromOneAddress + 1).Select(_ => Loopback.Next()).ToArray();
        var crowd = new Client[Clients];
        await Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, _) =>
        {
            var address = addresses[number / fromOneAddress];
            var line = await BareLine.Upgrade(server.Address, address);
            crowd[number] = new Client(line, address, await line.Join($"Storm{number}"));
        });
        return crowd;
    }

    /// <summary>What is answered to whoever asks whether the server is ready while it stops; null if nobody answers.</summary>
    private static async Task<List<HttpStatusCode?>> Readiness(ServerProcess server, Task stopping)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var answers = new List<HttpStatusCode?>();
        while (!stopping.IsCompleted)
        {
            try
            {
                answers.Add((await http.GetAsync("/health/ready")).StatusCode);
            }
            catch (HttpRequestException)
            {
                answers.Add(null);
            }
        }

        // The signal may not have arrived when the first of them asks.
        while (answers is [HttpStatusCode.OK, ..]) answers.RemoveAt(0);
        return answers;
    }

    private sealed record Client(BareLine Line, IPAddress Address, string Token);

    /// <summary>A game that is played as fast as the answers come, until the server goes.</summary>
    private sealed class Loaded(BareLine ann, BareLine bob, string script) : IDisposable
    {
        private string _game = "";
        private volatile int _confirmed;

        public string Script => script;

        /// <summary>Moves that were answered with <c>ok</c>.</summary>
        public int Confirmed => _confirmed;

        public (int? Ann, int? Bob) Codes => (ann.Code, bob.Code);

        /// <returns>The token of whoever challenged.</returns>
        public async Task<string> Begin(string annsName, string bobsName)
        {
            var token = await ann.Join(annsName);
            await bob.Join(bobsName);
            await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = bobsName, ["clock"] = null });
            await bob.Ask(new() { ["type"] = "accept", ["opponent"] = annsName });
            _game = (string)(await ann.Until("game"))["game"]!;
            return token;
        }

        public async Task Play()
        {
            try
            {
                using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100)); // So that the stop comes in the middle of it.
                for (; _confirmed < script.Length - 1; _confirmed++)
                {
                    var answer = await (_confirmed % 2 == 0 ? bob : ann).Ask(new() { ["type"] = "move", ["game"] = _game, ["ply"] = _confirmed, ["column"] = script[_confirmed] - '0' });
                    Assert.Equal("ok", (string?)answer["type"]);
                    await pace.WaitForNextTickAsync();
                }
            }
            catch (IOException)
            {
                // The end of the server.
            }
            await Task.WhenAll(Go(ann), Go(bob));
        }

        /// <summary>Answers the close, as browsers do: who does not is waited for.</summary>
        private static async Task Go(BareLine line)
        {
            if (line.Code is null) await line.Closed();
            await line.Send(ClientFrames.Frame(BareLine.CloseFrame, [3, 244]));
        }

        public void Dispose()
        {
            ann.Dispose();
            bob.Dispose();
        }
    }
}
