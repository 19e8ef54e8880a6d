using System.Net;

namespace ConnectFour.Hostile;

/// <summary>Requests that are no requests, are too large, or never end.</summary>
[Collection(nameof(Siege))]
public sealed class RequestFloodTests(Besieged besieged, ITestOutputHelper output)
{
    /// <summary>After 10 s the server gives up waiting, and within 12 the line is gone.</summary>
    private static readonly TimeSpan Given = TimeSpan.FromSeconds(12);

    /// <summary>What a login may take meanwhile; only where the machine has no time for anybody, three times what it takes on the server that nobody attacks.</summary>
    private static readonly TimeSpan Login = TimeSpan.FromSeconds(1);

    private static readonly string[] Handshake = ["Connection: Upgrade", "Upgrade: websocket"];
    private const string Host = "Host: 127.0.0.1", Version = "Sec-WebSocket-Version: 13", Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private readonly ServerProcess _server = besieged.Server;

    /// <summary>Upgrades that are none: by name, so that a failure says which.</summary>
    private static readonly Dictionary<string, byte[]> Shapes = new()
    {
        ["by POST"] = BareLine.Request(["POST /ws HTTP/1.1", Host, .. Handshake, Version, Key]),
        ["with a body"] = [.. BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, Version, Key, "Content-Length: 4"]), .. "abcd"u8],
        ["version 8"] = BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, "Sec-WebSocket-Version: 8", Key]),
        ["no version"] = BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, Key]),
        ["no key"] = BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, Version]),
        ["a short key"] = BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, Version, "Sec-WebSocket-Key: c2hvcnQ="]),
        ["HTTP/1.0"] = BareLine.Request(["GET /ws HTTP/1.0", Host, .. Handshake, Version, Key]),
        ["two hosts"] = BareLine.Request(["GET /ws HTTP/1.1", Host, "Host: evil.example", .. Handshake, Version, Key]),
        ["no host"] = BareLine.Request(["GET /ws HTTP/1.1", .. Handshake, Version, Key]),
        ["a length and chunks"] = [.. BareLine.Request(["GET /ws HTTP/1.1", Host, .. Handshake, Version, Key, "Content-Length: 4", "Transfer-Encoding: chunked"]), .. "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"u8],
        ["a login with a length and chunks"] = [.. BareLine.Request(["POST /api/session HTTP/1.1", Host, "Content-Type: application/json", "Content-Length: 6", "Transfer-Encoding: chunked"]), .. "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"u8],
        ["a login of two lengths"] = [.. BareLine.Request(["POST /api/session HTTP/1.1", Host, "Content-Type: application/json", "Content-Length: 6", "Content-Length: 7"]), .. "abcdefg"u8],
        ["a login in strange chunks"] = BareLine.Request(["POST /api/session HTTP/1.1", Host, "Transfer-Encoding: chunked, identity"]),
        ["the start of TLS"] = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. new byte[32], (byte)'\n'],
    };

    public static TheoryData<string> ShapeNames => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(ShapeNames))]
    public async Task B25_What_is_no_upgrade_is_a_bad_request_and_the_line_is_closed(string shape)
    {
        using var line = await BareLine.Open(_server.Address, Loopback.Next());

        await line.Send(Shapes[shape]);

        Assert.Matches("^HTTP/1.1 (400|405|426) ", await line.Head());
        Assert.True(await line.IsEnded());
    }

    [Fact]
    public async Task B26_Heads_and_bodies_that_come_byte_by_byte_and_lines_that_say_nothing_are_closed_and_others_log_in_meanwhile()
    {
        const int slow = 100, silent = 10_000, perAddress = 500;
        var (heads, bodies) = ("GET / HTTP/1.1\r\nX-Slow: "u8.ToArray(), BareLine.Request("POST /api/session HTTP/1.1", Host, "Content-Type: application/json", "Content-Length: 10000"));
        await using var bystanders = await besieged.Bystanders();
        using var somebody = Loopback.Http(_server.Address, Loopback.Next());
        using var somebodyElsewhere = Loopback.Http(besieged.Control.Address, Loopback.Next());
        await Accounts.Register(somebody, "Slow-time");
        await Accounts.Register(somebodyElsewhere, "Slow-time");
        TimeSpan here = default, elsewhere = default;
        var (drips, silences) = (Array.Empty<(string Answer, TimeSpan Lasted)>(), Array.Empty<TimeSpan>());

        await bystanders.Endure(
            async () =>
            {
                var dripping = Enumerable.Range(0, slow).Select(number => number % 2 == 0 ? Drip(heads, 'x') : Drip(bodies, ' ')).ToArray();
                var crowd = Enumerable.Range(0, silent / perAddress).Select(_ => Loopback.Next()).ToArray();
                var quiet = Task.WhenAll(crowd.SelectMany(address => Enumerable.Repeat(address, perAddress)).Select(Silence));
                await Condition.Holds(async () => await besieged.Gauges.Read("kestrel_active_connections") >= silent);
                Assert.True(await Silence(crowd[0]) < TimeSpan.FromSeconds(8), "It was closed for being silent, and not for being one too many.");

                (here, elsewhere) = (await LogIn(somebody), await LogIn(somebodyElsewhere));
                Assert.False(quiet.IsCompleted);
                (drips, silences) = (await Task.WhenAll(dripping), await quiet);
            },
            output);

        output.WriteLine($"a login meanwhile took {here.TotalMilliseconds:0} ms, elsewhere {elsewhere.TotalMilliseconds:0}; silent lines lasted {silences.Min().TotalSeconds:0.0} to {silences.Max().TotalSeconds:0.0} s, slow ones at most {drips.Max(drip => drip.Lasted).TotalSeconds:0.0}");
        Assert.True(here < Login || here < 3 * elsewhere, $"A login took {here}, and {elsewhere} meanwhile on a server that nobody attacks.");
        Assert.All(drips, drip => Assert.Matches("^(HTTP/1.1 408 |$)", drip.Answer));
        Assert.True(drips.Max(drip => drip.Lasted) < Given && silences.Max() < Given);
    }

    [Fact]
    public async Task B27_A_head_that_is_too_large_is_refused_however_often_it_comes()
    {
        (byte[] Request, int Status)[] heads =
        [
            (BareLine.Request("GET / HTTP/1.1", Host, "Cookie: connect-four=" + new string('x', 40_000)), 431),
            (BareLine.Request("GET / HTTP/1.1", Host, "Cookie: connect-four=" + new string('x', 17_000)), 431),
            (BareLine.Request(["GET / HTTP/1.1", Host, .. Enumerable.Range(0, 200).Select(number => $"X-{number}: 1")]), 431),
            (BareLine.Request($"GET /{new string('x', 9_000)} HTTP/1.1", Host), 414),
        ];
        await using var bystanders = await besieged.Bystanders();

        await bystanders.Endure(
            () => Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            {
                var (request, status) = heads[number % heads.Length];
                using var line = await BareLine.Open(_server.Address, Loopback.Next());
                await line.Send(request);
                Assert.StartsWith($"HTTP/1.1 {status} ", await line.Head(), StringComparison.Ordinal);
                Assert.True(await line.IsEnded());
            }),
            output);
    }

    [Theory]
    [InlineData("application/json", 1_048_576, 413)]
    [InlineData("application/json", 17_000, 413)]
    [InlineData("application/x-www-form-urlencoded", 100, 415)]
    [InlineData("text/plain", 100, 415)]
    public async Task B28_A_login_that_is_too_large_or_no_JSON_is_refused_unread(string type, int length, int status)
    {
        const string beginning = """{"name":"Ann","password":""";
        var body = System.Text.Encoding.ASCII.GetBytes($"{beginning}\"{new string('x', length - beginning.Length - 3)}\"}}");
        using var line = await BareLine.Open(_server.Address, Loopback.Next());

        await line.Send(BareLine.Request("POST /api/session HTTP/1.1", Host, $"Content-Type: {type}", $"Content-Length: {length}"));
        await line.Send(body);

        Assert.StartsWith($"HTTP/1.1 {status} ", await line.Head(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"Mass-a","password":"correct horse","isAdmin":true}""")]
    [InlineData("""{"name":"Mass-b","password":"correct horse","wins":1000}""")]
    [InlineData("""{"name":"Mass-c","password":"correct horse","rating":3000,"kind":"bot"}""")]
    public async Task B28_Nobody_becomes_more_than_they_are_by_saying_so(string body)
    {
        using var http = Loopback.Http(_server.Address, Loopback.Next());

        var answer = await http.PostAsync("/api/account", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>Says the rest of a head or a body at four bytes a second.</summary>
    /// <returns>What the server said at last, nothing if it only closed, and how long the line lasted.</returns>
    private async Task<(string Answer, TimeSpan Lasted)> Drip(byte[] first, char rest)
    {
        using var line = await BareLine.Open(_server.Address, Loopback.Next());
        var opened = TimeProvider.System.GetTimestamp();
        await line.Send(first);
        var ended = Ended();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!ended.IsCompleted && await line.Send(new byte[] { (byte)rest })) await pace.WaitForNextTickAsync();
        return await ended;

        async Task<(string, TimeSpan)> Ended() => (await line.Head(), TimeProvider.System.GetElapsedTime(opened));
    }

    /// <summary>Says nothing.</summary>
    /// <returns>How long the line lasted.</returns>
    private async Task<TimeSpan> Silence(IPAddress from)
    {
        using var line = await BareLine.Open(_server.Address, from);
        var opened = TimeProvider.System.GetTimestamp();
        await line.IsEnded();
        return TimeProvider.System.GetElapsedTime(opened);
    }

    private static async Task<TimeSpan> LogIn(HttpClient http)
    {
        var asked = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.OK, (await Accounts.LogIn(http, "Slow-time")).StatusCode);
        return TimeProvider.System.GetElapsedTime(asked);
    }
}
