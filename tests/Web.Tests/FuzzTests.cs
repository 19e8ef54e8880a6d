using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConnectFour.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Web.Tests;

/// <summary>
/// Whatever is asked of the HTTP API, nothing fails on our side and nothing is told that is nobody's business. <c>CONNECTFOUR_FUZZ_REQUESTS</c> makes it longer,
/// <c>CONNECTFOUR_FUZZ_SEED</c> other requests: tests/Hostile/README.md.
/// </summary>
public sealed partial class FuzzTests(ITestOutputHelper output)
{
    /// <summary>So many requests by one who is logged in, who may have done away with their session, password or account by then.</summary>
    private const int RequestsOfOne = 40;

    /// <summary>So many of those are on their way at once. What is asked is the same in every run; which of two comes first need not be, as among people.</summary>
    private const int AtOnce = 8;

    private static readonly string[] Headers =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control",
    ];

    private static int Requests => Number("CONNECTFOUR_FUZZ_REQUESTS", 50_000);

    private static int Seed => Number("CONNECTFOUR_FUZZ_SEED", 1);

    [Fact]
    public async Task Whatever_is_asked_of_the_API_is_answered_without_a_failure_and_tells_nothing_of_the_inside()
    {
        var description = await Description();
        using var log = new Complaints();
        await using var server = await RunningServer.Start(
            services => services.AddSingleton<ILoggerProvider>(log), [.. Match.Unhurried, "--ConnectFour:Engine:Nodes", "20000", "--ConnectFour:Accounts:AttemptsPerMinute", "1000000"]);
        using var world = await World.Of(server);
        var random = new Random(Seed);
        var grammar = new HttpGrammar(random, description, field => world.Say(field, random));
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        var (answers, done) = (new ConcurrentQueue<int>(), new ConcurrentDictionary<string, bool>());

        for (var first = 1; first <= Requests; first += RequestsOfOne)
        {
            await world.LogIn($"Fuzz{first}");
            var asked = Enumerable.Range(first, Math.Min(RequestsOfOne, Requests - first + 1)).Select(number => (Number: number, Request: grammar.Next(), Cookie: random.Next(10) > 0 ? world.Cookie : null)).ToArray();
            await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await Ask(one.Number, one.Request, one.Cookie));
        }

        output.WriteLine($"seed {Seed}: {Requests} requests: {string.Join(", ", answers.CountBy(status => status).OrderBy(answer => answer.Key).Select(answer => $"{answer.Value} x {answer.Key}"))}");
        await world.NobodyIsMoreThanTheyWere();
        if (Requests < 5_000) return; // A failure is played again up to its request, and less than that need not have seen everything.
        Assert.Equal(grammar.Routes.Order(), done.Keys.Order());

        // A line on which a body was refused is closed after the answer, and may have been chosen for the next request by then: that goes over another.
        async Task<HttpResponseMessage> Send(FuzzedRequest request, string? cookie)
        {
            try
            {
                return await http.SendAsync(Message(server.Address, request, cookie));
            }
            catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ResponseEnded)
            {
                return await http.SendAsync(Message(server.Address, request, cookie));
            }
        }

        async Task Ask(int number, FuzzedRequest request, string? cookie)
        {
            try
            {
                using var answer = await Send(request, cookie);
                await Check(request, answer);
                Assert.Empty(log.All);
                answers.Enqueue((int)answer.StatusCode);
                if (answer.IsSuccessStatusCode) done.TryAdd(request.Route, true);
            }
            catch (Exception problem)
            {
                Assert.Fail($"Request {number} of seed {Seed}:\n{request}\n{problem}\nTo see it again: CONNECTFOUR_FUZZ_SEED={Seed} CONNECTFOUR_FUZZ_REQUESTS={number}");
            }
        }
    }

    private static async Task Check(FuzzedRequest request, HttpResponseMessage answer)
    {
        var (status, text) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        if (IsRefusedByKestrel(answer, text)) return;

        Assert.All(Headers, header => Assert.True(answer.Headers.Contains(header), $"{status} without {header}"));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By") || answer.Headers.Contains("X-Injected"));
        if ((int)status < 400) return;

        Assert.True((int)status < 500 || status == HttpStatusCode.ServiceUnavailable, $"{status}: {text}");
        Assert.DoesNotMatch(Inside(), StandardOfStatus().Replace(text, ""));
        if (answer.RequestMessage!.Method == HttpMethod.Head) return;
        if (!request.Path.StartsWith("/api/", StringComparison.Ordinal) && answer.Content.Headers.ContentType?.MediaType == "text/html") return; // A page, for whoever wants one of what is not the API's.
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Matches("^[a-z_]+$", problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        if (status == HttpStatusCode.ServiceUnavailable) Assert.Equal("busy", problem.GetProperty("code").GetString());
        if (status == HttpStatusCode.BadRequest && !request.IsDistorted) Assert.NotEqual("bad_request", problem.GetProperty("code").GetString());
    }

    /// <summary>What is no HTTP is answered by the web server itself, which hangs up with nothing but a status.</summary>
    private static bool IsRefusedByKestrel(HttpResponseMessage answer, string text) =>
        text.Length == 0 && answer.Headers.ConnectionClose == true && (int)answer.StatusCode is 400 or 414 or 431 && !answer.Headers.Contains("X-Content-Type-Options");

    private static HttpRequestMessage Message(Uri server, FuzzedRequest request, string? cookie)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(server.GetLeftPart(UriPartial.Authority) + request.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        if (cookie is not null) message.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>What the API says of itself, which it does in development only.</summary>
    private static async Task<JsonObject> Description()
    {
        await using var development = await RunningServer.Start("--environment", "Development");
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(development.Address, "/api/openapi.json")))!.AsObject();
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;

    /// <summary>Stack traces, names of types and files, SQL, and versions.</summary>
    [GeneratedRegex(@"\n\s+at |\b(System|Microsoft|ConnectFour|SQLitePCL|MediatR|FluentValidation)\.\w|Exception|\bSQL|SELECT |INSERT |\.cs\b|\.dll\b|Kestrel|ASP|\.NET|\b\d+\.\d+\.\d+\b")]
    private static partial Regex Inside();

    /// <summary>Where the status is explained: a section of an RFC, and no version of ours.</summary>
    [GeneratedRegex("\"type\":\"https://tools\\.ietf\\.org/html/rfc9110#section-[0-9.]+\"")]
    private static partial Regex StandardOfStatus();

    /// <summary>Whom and what there is to ask about.</summary>
    private sealed class World : IDisposable
    {
        private readonly RunningServer _server;
        private readonly Bot _ann = new("Ann");
        private readonly Bot _bob = new("Bob");
        private readonly List<string> _accounts = [];
        private readonly List<string> _games = ["no-such-game"];
        private string _record = "";
        private string _key = "";

        private World(RunningServer server) => _server = server;

        /// <summary>The session of whoever is logged in.</summary>
        public string Cookie { get; private set; } = "";

        /// <summary>One game that is over, one that runs, and a link.</summary>
        public static async Task<World> Of(RunningServer server)
        {
            var world = new World(server);
            await world._ann.Join(server.Address);
            await world._bob.Join(server.Address);
            world._games.Add(await Match.Begin(world._ann, world._bob));
            await Match.Finish(world._ann, world._bob, Match.FirstWins);
            using var http = new HttpClient();
            world._record = await http.GetStringAsync(new Uri(server.Address, $"/api/games/{world._games[^1]}/record"));
            world._games.Add(await Match.Begin(world._ann, world._bob));
            await world._ann.Ask(new() { ["type"] = "link" });
            world._key = (string)world._ann.Line.Received.Last(message => (string?)message["type"] == "link")["key"]!;
            return world;
        }

        public async Task LogIn(string name)
        {
            using var visitor = await Visitor.Of(_server, name);
            var cookie = visitor.Cookies.GetAllCookies().Single();
            Cookie = $"{cookie.Name}={cookie.Value}";
            _accounts.Add(name);
        }

        public string? Say(string field, Random random) => field switch
        {
            "name" => random.Next(5) switch { 0 => "Ann", 1 => "Nobody", 2 => $"New{random.Next(1_000)}", _ => _accounts[random.Next(_accounts.Count)] },
            "games" => _games[random.Next(_games.Count)],
            "puzzles" => $"{random.Next(Puzzle.All.Length + Puzzle.All.Length / 4)}",
            "key" => random.Next(4) == 0 ? "k" : _key,
            "password" or "current" => random.Next(5) == 0 ? "password" : Visitor.Password,
            "new" => Visitor.Password,
            "token" => random.Next(2) == 0 ? null : random.Next(2) == 0 ? _ann.Token : "Ann.0123456789abcdef012345",
            "colour" => random.Next(3) == 0 ? "pink" : "blue",
            "record" => random.Next(4) == 0 ? "1. d1" : _record,
            "column" => $"{random.Next(0, 9)}",
            "moves" => random.Next(3) switch { 0 => "", 1 => "1213141", _ => "4444443265555362266722236111" },
            "difficulty" => random.Next(4) switch { 0 => "easy", 1 => "medium", 2 => "hard", _ => "no" },
            "before" or "limit" => $"{random.Next(0, 60)}",
            "result" => random.Next(4) switch { 0 => "won", 1 => "lost", 2 => "drawn", _ => "no" },
            _ => null,
        };

        /// <summary>No account has won, been rated or become a bot by saying so.</summary>
        public async Task NobodyIsMoreThanTheyWere()
        {
            using var http = new HttpClient { BaseAddress = _server.Address };
            foreach (var name in _accounts)
            {
                var answer = await http.GetAsync($"/api/users/{name}");
                if (!answer.IsSuccessStatusCode) continue; // They did away with themselves, or have another name now.
                var user = await Visitor.Json(answer);
                Assert.Equal("""{"wins":0,"losses":0,"draws":0}""", user.GetProperty("record").GetRawText());
                Assert.Equal(JsonValueKind.Null, user.GetProperty("rating").ValueKind);
            }
        }

        public void Dispose()
        {
            _ann.Dispose();
            _bob.Dispose();
        }
    }

    /// <summary>Errors on the log. Of passwords that are guessed it warns, as it should.</summary>
    private sealed class Complaints : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) All.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
