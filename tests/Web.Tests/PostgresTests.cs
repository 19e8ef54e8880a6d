using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web.Tests;

/// <summary>The whole server with everything in PostgreSQL.</summary>
public sealed class PostgresTests : IClassFixture<PostgresServer>
{
    private static readonly JsonNode Clock = JsonNode.Parse("""{"initial":60,"increment":0}""")!;

    private readonly PostgresServer _postgres;
    private readonly string _database;

    public PostgresTests(PostgresServer postgres)
    {
        _postgres = postgres;
        _database = postgres.ConnectionString(postgres.Create());
        Assert.Equal(0, Run("migrate").Code);
    }

    [Fact]
    public async Task Two_servers_have_the_same_accounts_sessions_games_and_ratings()
    {
        await using var here = await Start();
        await using var there = await Start();
        using var ann = await Member.Join(here, "Ann", "green");
        using var bob = await Member.Join(here, "Bob");
        var game = await Match.Begin(ann.Bot, bob.Bot, Clock.DeepClone());
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);

        using var elsewhere = new Visitor(there, ann.Visitor.Cookies);
        using var other = new Visitor(there);

        Assert.Equal("Ann", await elsewhere.Name());
        Assert.Equal(["Ann", "Bob"], (await Json(elsewhere, "/api/leaderboard")).GetProperty("players").EnumerateArray().Select(player => player.GetProperty("name").GetString()));
        Assert.Equal(game, (await Json(elsewhere, "/api/users/ANN/games")).GetProperty("games")[0].GetProperty("game").GetString());
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get($"/api/games/{game}")).StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), await Visitor.Problem(await other.Post("/api/account", new { name = "aNN", password = Visitor.Password })));
        Assert.Equal(HttpStatusCode.OK, (await other.LogIn("bob")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await elsewhere.Send(HttpMethod.Delete, "/api/session")).StatusCode);
        Assert.Null(await ann.Visitor.Name());
        Assert.Equal((0, "1 finished games, 0 running, 0 set aside: all is well.\n"), Run("check"));
        Assert.Contains($"[Game \"{game}\"]", Run("export").Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_game_that_runs_goes_on_after_a_restart_and_its_player_comes_back_to_it()
    {
        using var bob = new Bot("Bob");
        string game;
        await using (var before = await Start())
        {
            using var ann = new Bot("Ann");
            await ann.Join(before.Address);
            await bob.Join(before.Address);
            game = await Match.Begin(ann, bob);
            await Match.Play(ann, bob, "443");
        }

        await using var after = await Start();
        await bob.Join(after.Address);
        await bob.Move(5);

        Assert.Equal((game, "4435"), (bob.Game, bob.Moves));
    }

    [Fact]
    public async Task While_the_database_is_away_everything_that_needs_it_says_so_and_goes_on_when_it_is_back()
    {
        await using var server = await Start();
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        await Match.Begin(ann.Bot, bob.Bot);
        using var visitor = new Visitor(server);

        _postgres.Kill();
        await Condition.Holds(async () => (await visitor.Get("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        var login = await visitor.LogIn("Ann");
        var known = await ann.Visitor.Get("/api/session");
        var move = await ann.Bot.Refusal(new() { ["type"] = "move", ["game"] = ann.Bot.Game, ["ply"] = 0, ["column"] = 4 });
        _postgres.StartAgain();
        await Condition.Holds(async () => (await visitor.Get("/health/ready")).StatusCode == HttpStatusCode.OK);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), await Visitor.Problem(login));
        Assert.NotNull(login.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, known.StatusCode);
        Assert.Contains(move, (string[])["pending", "unavailable"]);
        Assert.Equal(HttpStatusCode.OK, (await visitor.LogIn("Ann")).StatusCode);
        Assert.Equal("Ann", await ann.Visitor.Name());
    }

    [Fact]
    public async Task A_server_does_not_start_before_the_schema_is_there_and_the_verb_brings_it()
    {
        var fresh = _postgres.ConnectionString(_postgres.Create());

        var problem = await Assert.ThrowsAsync<StorageException>(() => RunningServer.Start("--ConnectionStrings:Accounts", fresh));
        var first = Run(["migrate"], fresh);
        var again = Run(["migrate"], fresh);

        Assert.Contains("run 'migrate'", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("The schema is up to date.\n", first.Said, StringComparison.Ordinal);
        Assert.Equal((0, "The schema was up to date.\n"), again);
        await using var server = await RunningServer.Start("--ConnectionStrings:Accounts", fresh);
    }

    [Fact]
    public void A_verb_says_what_does_its_work_on_PostgreSQL_and_that_SQLite_has_nothing_to_migrate()
    {
        Assert.Contains("pg_dump", Assert.Throws<StorageException>(() => Run("backup", "copy.dump")).Message, StringComparison.Ordinal);
        Assert.Contains("SQLite", Assert.Throws<SettingsException>(() => Verbs.Run(["migrate"], TextWriter.Null)).Message, StringComparison.Ordinal);
    }

    private Task<RunningServer> Start() => RunningServer.Start([.. Match.Unhurried, "--ConnectionStrings:Accounts", _database]);

    private (int? Code, string Said) Run(params string[] words) => Run(words, _database);

    private static (int? Code, string Said) Run(string[] words, string database)
    {
        using var said = new StringWriter();
        var code = Verbs.Run([.. words, "--ConnectionStrings:Accounts", database], said);
        return (code, said.ToString());
    }

    private static async Task<JsonElement> Json(Visitor visitor, string path) => await Visitor.Json(await visitor.Get(path));
}
