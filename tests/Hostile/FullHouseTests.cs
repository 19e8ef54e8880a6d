using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>More connections than there are places for, or descriptors.</summary>
[Collection(nameof(Siege))]
public sealed class FullHouseTests(Besieged besieged, ITestOutputHelper output)
{
    [Fact]
    public async Task B32_The_51st_connection_of_an_address_is_refused_and_the_11th_of_a_user()
    {
        var (server, from) = (besieged.Server.Address, Loopback.Next());
        var lines = new List<BareLine>();
        for (var number = 0; number < 50; number++) lines.Add(await BareLine.Upgrade(server, from));
        var token = await lines[0].Join("Eleven-tabs");
        for (var number = 1; number < 10; number++) Assert.Equal("welcome", (string?)(await Return(lines[number]))["type"]);

        Assert.Equal("too_many_connections", (string?)(await Return(lines[10]))["code"]);
        Assert.Equal("429", await BareLine.Refusal(server, from));
        using var elsewhere = await BareLine.Upgrade(server, Loopback.Next());
        lines.ForEach(line => line.Dispose());

        Task<JsonObject> Return(BareLine line) => line.Ask(new() { ["type"] = "new_connection", ["token"] = token });
    }

    [Fact]
    public async Task B32_One_connection_more_than_the_process_takes_is_refused()
    {
        await using var server = await ServerProcess.Published("--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Limits:Connections", "20");
        var lines = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BareLine.Upgrade(server.Address, Loopback.Next())));

        Assert.Equal("503", await BareLine.Refusal(server.Address, Loopback.Next()));
        lines[0].Reset();
        await Condition.Holds(async () => await BareLine.Refusal(server.Address, Loopback.Next()) == "101");
        Array.ForEach(lines, line => line.Dispose());
    }

    [Fact]
    public async Task B32_Whoever_asks_for_a_WebSocket_where_there_is_none_has_no_more_lines_than_others()
    {
        const int places = 20, more = 10, asked = 2 * places;
        var (gauges, greedy, busy) = (new Gauges(), Loopback.Next(), Loopback.Next());
        await using var server = await ServerProcess.Published(["--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Http:LinesPerAddress", $"{places}", "--ConnectFour:Http:Lines", $"{places + more}", .. gauges.Setting]);

        var lines = await Ask(greedy, "/health/live");
        Assert.Equal(places, lines.Count(line => line.Answer == "200"));
        Assert.Equal(asked - places, await gauges.Read("connectfour_limits_rejections_total", "rule=\"lines_per_address\""));
        var others = await Ask(busy, "/health/live");
        Array.ForEach(lines, line => line.Line.Dispose());
        Array.ForEach(others, line => line.Line.Dispose());
        await Condition.Holds(async () => await BareLine.Refusal(server.Address, greedy) == "101");
        var refused = others.Count(line => line.Answer == "");
        Assert.InRange(refused, asked - more, asked);
        await Condition.Holds(async () => await gauges.Read("connectfour_limits_rejections_total", "rule=\"lines\"") >= refused); // What was said a moment ago is said again.

        var sockets = await Ask(busy, "/ws");
        Assert.All(sockets, socket => Assert.Equal("101", socket.Answer)); // Those are counted as connections.
        Array.ForEach(sockets, socket => socket.Line.Dispose());

        async Task<(BareLine Line, string Answer)[]> Ask(System.Net.IPAddress from, string path)
        {
            var answers = new List<(BareLine, string)>();
            for (var number = 0; number < asked; number++)
            {
                var line = await BareLine.Open(server.Address, from);
                await line.Send(BareLine.Upgrading(server.Address, path));
                answers.Add((line, await line.Head() is { Length: > 12 } head ? head[9..12] : ""));
            }
            return [.. answers];
        }
    }

    [Fact]
    public async Task F31_A_server_without_descriptors_takes_no_more_lines_and_goes_on_with_those_it_has()
    {
        const int descriptors = 512, places = descriptors - 448;
        var gauges = new Gauges();
        await using var server = await ServerProcess.PublishedWith(descriptors, ["--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Http:HeadPatience", "00:00:02", .. gauges.Setting]);
        await using var bystanders = await besieged.Bystanders(server);
        var (lines, closed) = (new List<BareLine>(), 0);

        await bystanders.Endure(
            async () =>
            {
                for (var number = 0; number < descriptors; number++) lines.Add(await BareLine.Open(server.Address, Loopback.Next()));
                await Task.WhenAll(lines.Select(async line =>
                {
                    if (await line.IsEnded()) Interlocked.Increment(ref closed);
                })).WaitAsync(TimeSpan.FromSeconds(60));
            },
            output);

        lines.ForEach(line => line.Dispose());
        await Condition.Holds(async () => await BareLine.Refusal(server.Address, Loopback.Next()) == "101");
        var (refused, silent) = (await Rejections("descriptors"), await Rejections("silent_line"));
        output.WriteLine($"{places} places, {closed} lines closed by the server: {refused} for want of descriptors, {silent} for being silent");
        Assert.Equal(descriptors, closed);
        Assert.Equal(descriptors, refused + silent);
        Assert.InRange(refused, descriptors - places, descriptors - 1);

        Task<double> Rejections(string rule) => gauges.Read("connectfour_limits_rejections_total", $"rule=\"{rule}\"");
    }
}
