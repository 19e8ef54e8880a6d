using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Bots;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Accounts;
using ConnectFour.Web.Operations;
using ConnectFour.Web.Truth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Web.Tests;

/// <summary>What an operator sees of the server, and where.</summary>
public sealed partial class OperationsTests(PostgresHomes homes)
{
    /// <summary>What docs/operating.md promises.</summary>
    private static readonly string[] Own =
    [
        "connectfour.connection.closes", "connectfour.connections", "connectfour.games.active", "connectfour.games.finished", "connectfour.journal.batch.size",
        "connectfour.journal.commit.duration", "connectfour.journal.queue.length", "connectfour.limits.rejections", "connectfour.move.delivery.duration", "connectfour.move.duration",
        "connectfour.moves", "connectfour.resyncs", "connectfour.sendqueue.overflows", "connectfour.timeouts.lateness", "connectfour.users.online",
    ];

    /// <summary>What there is besides on a node of a cluster.</summary>
    private static readonly string[] Clustered = ["connectfour.bus.gaps"];

    [Fact]
    public async Task A_game_is_seen_in_the_metrics_and_they_name_nobody()
    {
        var (operations, setting) = Address();
        await using var server = await Program(setting);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await Begin(server.Address, ann, bob);
        Assert.Equal("not_your_turn", await bob.Refusal(new() { ["type"] = "move", ["game"] = bob.Game, ["ply"] = 1, ["column"] = 4 }));
        await ann.UntilPly(1);

        var during = await Scrape(operations);
        await bob.Ask(new() { ["type"] = "quit", ["game"] = bob.Game });
        await bob.Leave();
        string after = "";
        await Condition.Holds(async () => Value(after = await Scrape(operations), "connectfour_connections") == 1);

        Assert.Equal((2, 1, 2), (Value(during, "connectfour_connections"), Value(during, "connectfour_games_active"), Value(during, "connectfour_users_online")));
        Assert.Equal((1, 1), (Value(during, "connectfour_moves_total", "outcome=\"ok\""), Value(during, "connectfour_moves_total", "outcome=\"not_your_turn\"")));
        Assert.Equal(2, Value(during, "connectfour_move_duration_seconds_count"));
        Assert.Equal(2, Value(during, "connectfour_move_delivery_duration_seconds_count"));
        Assert.Equal((0, 1), (Value(after, "connectfour_games_active"), Value(after, "connectfour_games_finished_total", "reason=\"forfeit\"")));
        Assert.Equal(1, Value(after, "connectfour_connection_closes_total", "code=\"1000\""));
        Assert.True(Value(after, "connectfour_journal_commit_duration_seconds_count") >= 2);
        Assert.Equal(0, Value(after, "connectfour_journal_queue_length"));
        foreach (var secret in (string[])["Ann", "Bob", ann.Game!, ann.Token!]) Assert.DoesNotContain(secret, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_and_traces_are_pushed_to_where_the_standard_variable_says_and_name_nobody()
    {
        await using var collector = await Collector.Start();
        await using var server = await Program(collector.Settings);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await Begin(server.Address, ann, bob);

        await Condition.Holds(() => collector.Heard("/v1/metrics").Contains("connectfour.moves", StringComparison.Ordinal));
        await Condition.Holds(() => collector.Heard("/v1/traces").Contains("MoveMessage", StringComparison.Ordinal));
        AssertNobodyIsNamed(collector, bob.Game!, ann.Token!);
    }

    [Fact]
    public async Task What_a_node_of_a_cluster_asks_of_PostgreSQL_and_of_Redis_is_among_them_without_the_values()
    {
        await using var collector = await Collector.Start();
        await using var redis = await RedisServer.Start();
        await using var server = await Program(["--ConnectionStrings:Accounts", homes.Database(), "--ConnectionStrings:Redis", redis.ConnectionString, .. collector.Settings]);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await Begin(server.Address, ann, bob);

        await Condition.Holds(() => collector.Heard("/v1/metrics").Contains("db.client.operation.duration", StringComparison.Ordinal));
        foreach (var asked in (string[])["UPDATE games", "redis script"]) await Condition.Holds(() => collector.Heard("/v1/traces").Contains(asked, StringComparison.Ordinal));
        AssertNobodyIsNamed(collector, bob.Game!, ann.Token!, "Username=");
    }

    [Fact]
    public async Task The_instruments_are_those_that_are_promised()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name != "ConnectFour") return;
            lock (found) found.Add(instrument.Name);
        };
        listener.Start();
        await using var server = await RunningServer.Start();
        using var ann = new Bot("Ann");
        await ann.Join(server.Address);

        Assert.Equal(Own, found.Except(Clustered)); // Another test's server may be such a node.
        Assert.All(Own.Union(Clustered), name => Assert.Contains($"`{name}`", Repository.Read("docs", "operating.md"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dashboard_asks_for_metrics_that_there_are()
    {
        var (operations, setting) = Address();
        await using var server = await Program(setting);
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetAsync("/");
        var dashboard = Repository.Read("deploy", "grafana-dashboard.json");

        var asked = Metric().Matches(dashboard).Select(match => Suffix().Replace(match.Value, "")).ToHashSet();
        var own = Own.Union(Clustered).Select(name => name.Replace('.', '_')).ToHashSet();
        var scraped = await Scrape(operations);

        Assert.All(asked, name => Assert.True(
            name.StartsWith("connectfour_", StringComparison.Ordinal) ? own.Contains(name) : scraped.Contains(name, StringComparison.Ordinal), $"The dashboard asks for {name}."));
        Assert.All(own, name => Assert.Contains(name, asked));
    }

    [Fact]
    public async Task The_public_address_shows_no_metrics_and_the_operators_address_nothing_else_than_those_and_health()
    {
        var (operations, setting) = Address();
        await using var server = await RunningServer.Start(setting);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(server.Address, "/metrics"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(operations, "/"))).StatusCode);
        Assert.Equal("ready", await http.GetStringAsync(new Uri(operations, "/health/ready")));
        Assert.Equal("live", await http.GetStringAsync(new Uri(operations, "/health/live")));
    }

    [Theory]
    [InlineData(typeof(AccountSettings))]
    [InlineData(typeof(BotSettings))]
    [InlineData(typeof(EngineSettings))]
    [InlineData(typeof(HttpSettings))]
    [InlineData(typeof(LobbyRules))]
    [InlineData(typeof(OperationsSettings))]
    [InlineData(typeof(StorageSettings))]
    [InlineData(typeof(WebSocketLimits))]
    public void Every_setting_is_explained(Type settings)
    {
        var page = Repository.Read("docs", "operating.md");

        var names = settings.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite).Select(property => property.Name);

        Assert.All(names, name => Assert.Matches($"[`:]{name}`", page));
    }

    [Theory]
    [InlineData("Url", "9464")]
    [InlineData("Url", "https://127.0.0.1:9464")]
    [InlineData("Url", "http://127.0.0.1:9464/metrics")]
    [InlineData("TracedShare", "2")]
    [InlineData("Port", "9464")]
    public void An_impossible_setting_stops_the_start(string name, string value)
    {
        using var folder = new TemporaryFolder();

        var problem = Assert.Throws<SettingsException>(() => Server.Build(["--ConnectFour:DataDirectory", folder.Path, $"--ConnectFour:Operations:{name}", value], Path.Combine(Repository.Root, "Web")));

        Assert.Contains("ConnectFour:Operations", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A game of the two, with its first move.</summary>
    private static async Task Begin(Uri server, Bot ann, Bot bob)
    {
        await ann.Join(server);
        await bob.Join(server);
        await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = "Bob", ["clock"] = null });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = "Ann" });
        await bob.Move(4);
    }

    private static (Uri Address, string[] Setting) Address()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        return (address, ["--ConnectFour:Operations:Url", address.OriginalString]);
    }

    /// <summary>In a process of its own: what measures counts every server in one.</summary>
    private static Task<ServerProcess> Program(string[] setting) => ServerProcess.Start(typeof(Server).Assembly.Location, ["--ConnectFour:Bots:Enabled", "false", .. setting]);

    private static void AssertNobodyIsNamed(Collector collector, params string[] secrets)
    {
        foreach (var path in (string[])["/v1/metrics", "/v1/traces"])
            foreach (var secret in (string[])["Ann", "Bob", .. secrets]) Assert.DoesNotContain(secret, collector.Heard(path), StringComparison.Ordinal);
    }

    private static async Task<string> Scrape(Uri operations)
    {
        using var http = new HttpClient { BaseAddress = operations };
        return await http.GetStringAsync("/metrics");
    }

    /// <summary>The sum of a metric's series that have a label; NaN if there is none.</summary>
    private static double Value(string scraped, string name, string label = "")
    {
        var values = scraped.Split('\n').Where(line => Regex.IsMatch(line, $@"^{name}[ {{]") && line.Contains(label, StringComparison.Ordinal))
            .Select(line => double.Parse(Regex.Match(line, @"(?:\}| )\s*([-0-9.eE+]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return values.Length == 0 ? double.NaN : values.Sum();
    }

    /// <summary>Takes in what is pushed by OTLP over HTTP. The texts in it stand there as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentDictionary<string, string> _heard = new();

        private Collector(WebApplication app) => _app = app;

        /// <summary>What makes a server push everything here, soon.</summary>
        public string[] Settings =>
        [
            "--OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL", "250", "--OTEL_BSP_SCHEDULE_DELAY", "250",
            "--ConnectFour:Operations:TracedShare", "1",
        ];

        public static async Task<Collector> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            collector._app.Urls.Add($"http://127.0.0.1:{FreePort.Find()}");
            collector._app.MapPost("/{**path}", collector.Take);
            await collector._app.StartAsync();
            return collector;
        }

        /// <summary>All that came to an address so far.</summary>
        public string Heard(string path) => _heard.GetValueOrDefault(path, "");

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Take(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _heard.AddOrUpdate(context.Request.Path, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        }
    }

    [GeneratedRegex("(?:connectfour|http|dotnet|kestrel)_[a-z_]+")]
    private static partial Regex Metric();

    /// <summary>What Prometheus adds to a name.</summary>
    [GeneratedRegex("(?<=connectfour_.*)(_bucket|_sum|_count|_total|_seconds|_seconds_bucket|_seconds_sum|_seconds_count)$")]
    private static partial Regex Suffix();
}
