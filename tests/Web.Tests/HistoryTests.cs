using System.Net;
using System.Text.Json;
using ConnectFour.Domain;

namespace ConnectFour.Web.Tests;

/// <summary>Games to look at over HTTP: lists of them, whole ones, and records to keep and to bring back.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task Pages_have_each_game_once_newest_first_while_new_ones_are_added()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var expected = new List<string>();
        for (var number = 0; number < 12; number++) expected.Insert(0, await Played(ann.Bot, bob.Bot, number));

        foreach (var limit in new[] { 1, 2, 5, 6, 11, 12, 13, 50 })
        {
            var (seen, sizes, next) = (new List<string>(), new List<int>(), (string?)"");
            while (next is not null)
            {
                var page = await Visitor.Json(await ann.Visitor.Get($"/api/users/Ann/games?limit={limit}{(next.Length > 0 ? $"&before={next}" : "")}"));
                sizes.Add(page.GetProperty("games").GetArrayLength());
                seen.AddRange(Ids(page));
                next = Text(page, "next");
                if (sizes.Count == 1) await Played(bob.Bot, ann.Bot, 0); // What comes in between is newer, and on no later page.
            }

            Assert.Equal(expected, seen);
            Assert.All(sizes, size => Assert.InRange(size, 1, limit));
            Assert.Equal((expected.Count + limit - 1) / limit, sizes.Count);
            expected.Insert(0, Ids(await Visitor.Json(await ann.Visitor.Get("/api/users/Ann/games?limit=1"))).Single());
        }
    }

    [Fact]
    public async Task Twenty_games_are_a_page_unless_said_otherwise()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        for (var number = 0; number < 21; number++) await Played(ann.Bot, bob.Bot, 2);

        var first = await Visitor.Json(await ann.Visitor.Get("/api/users/ANN/games"));
        var second = await Visitor.Json(await ann.Visitor.Get($"/api/users/ANN/games?before={Text(first, "next")}"));

        Assert.Equal((20, 1), (first.GetProperty("games").GetArrayLength(), second.GetProperty("games").GetArrayLength()));
        Assert.Null(Text(second, "next"));
    }

    [Fact]
    public async Task What_is_no_page_is_refused()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Visitor.Of(server, "Ann");
        string[] queries =
        [
            "limit=0", "limit=51", "limit=-1", "limit=1000000000", "limit=99999999999999999999", "limit=many", "limit=", "limit=1.5", "limit=1e1", "limit=+1", "limit=%201", "limit=0x10",
            "limit=1&limit=2", "before=0", "before=-1", "before=", "before=x", "before=1%3BDROP", "before=99999999999999999999", "before=1&before=2", "before=%00",
        ];

        foreach (var query in queries)
        {
            var answer = await ann.Get($"/api/users/Ann/games?{query}");
            Assert.True((HttpStatusCode.BadRequest, "bad_page") == await Visitor.Problem(answer), query);
        }
        foreach (var query in new[] { "limit=1", "limit=50", "before=9223372036854775807", "before=1", "order=name" })
            Assert.Equal(HttpStatusCode.OK, (await ann.Get($"/api/users/Ann/games?{query}")).StatusCode);
    }

    [Fact]
    public async Task A_list_shows_running_games_with_their_plies_and_finished_ones_with_their_end()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann", "blue");
        using var bob = new Bot("Bob");
        await bob.Join(server.Address);
        var won = await Match.Begin(ann.Bot, bob);
        await Match.Finish(ann.Bot, bob, Match.FirstWins);
        var running = await Match.Begin(bob, ann.Bot, new System.Text.Json.Nodes.JsonObject { ["initial"] = 180, ["increment"] = 2 });
        await Match.Play(bob, ann.Bot, "445");
        using var nobody = new Visitor(server);

        var list = (await Visitor.Json(await nobody.Get("/api/users/ann/games"))).GetProperty("games");
        var mine = (await Visitor.Json(await ann.Visitor.Get("/api/account/data"))).GetProperty("games");

        foreach (var games in new[] { list, mine })
        {
            var (newest, older) = (games[0], games[1]);
            Assert.Equal((running, 3, JsonValueKind.Null, JsonValueKind.Null), (Text(newest, "game"), newest.GetProperty("plies").GetInt32(), newest.GetProperty("endedAt").ValueKind, newest.GetProperty("result").ValueKind));
            Assert.Equal((180, 2), (newest.GetProperty("clock").GetProperty("initial").GetInt32(), newest.GetProperty("clock").GetProperty("increment").GetInt32()));
            Assert.Equal([("Bob", "red", "guest"), ("Ann", "blue", "account")], Players(newest));
            Assert.Equal((won, 7, JsonValueKind.Null), (Text(older, "game"), older.GetProperty("plies").GetInt32(), older.GetProperty("clock").ValueKind));
            Assert.Equal((0, "four"), (older.GetProperty("result").GetProperty("winner").GetInt32(), Text(older.GetProperty("result"), "reason")));
            Assert.True(older.GetProperty("endedAt").GetDateTimeOffset() >= older.GetProperty("startedAt").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task A_running_game_is_shown_as_far_as_it_has_come()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var id = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Play(ann.Bot, bob.Bot, "443");

        var game = await Visitor.Json(await ann.Visitor.Get($"/api/games/{id}"));
        var record = await ann.Visitor.Get($"/api/games/{id}/record");

        Assert.Equal((id, 4, "443"), (Text(game, "game"), game.GetProperty("version").GetInt32(), Text(game, "moves")));
        foreach (var name in new[] { "endedAt", "clock", "times", "result", "record", "hash" }) Assert.Equal(JsonValueKind.Null, game.GetProperty(name).ValueKind);
        Assert.Equal((HttpStatusCode.Conflict, "game_is_running"), await Visitor.Problem(record));
    }

    [Fact]
    public async Task A_finished_game_is_shown_with_its_times_its_line_its_record_and_its_hash()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        server.TimeFlows = false;
        var id = await Match.Begin(ann.Bot, bob.Bot, new System.Text.Json.Nodes.JsonObject { ["initial"] = 180, ["increment"] = 2 });
        foreach (var column in Match.FirstWins)
        {
            await server.Pass(TimeSpan.FromSeconds(3));
            await Match.Play(ann.Bot, bob.Bot, $"{column}");
        }

        var game = await Visitor.Json(await ann.Visitor.Get($"/api/games/{id}"));

        var (expected, text) = (await Read(server, id), Text(game, "record")!);
        Assert.Equal((id, 9, Match.FirstWins), (Text(game, "game"), game.GetProperty("version").GetInt32(), Text(game, "moves")));
        Assert.Equal((expected.ToString(), expected.Hash), (text, Text(game, "hash")));
        Assert.Equal(expected.Remaining.Select(left => (long)left.TotalMilliseconds), game.GetProperty("times").EnumerateArray().Select(left => left.GetInt64()));
        Assert.Equal([179_000, 179_000, 178_000, 178_000, 177_000, 177_000, 176_000], game.GetProperty("times").EnumerateArray().Select(left => left.GetInt64()));
        Assert.Equal((0, "four"), (game.GetProperty("result").GetProperty("winner").GetInt32(), Text(game.GetProperty("result"), "reason")));
        Assert.Equal(["1,1", "1,2", "1,3", "1,4"], game.GetProperty("result").GetProperty("cells").EnumerateArray().Select(cell => $"{cell[0]},{cell[1]}").Order());
        Assert.Equal(TimeSpan.FromSeconds(21), game.GetProperty("endedAt").GetDateTimeOffset() - game.GetProperty("startedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_record_is_a_file_of_plain_text_that_a_browser_keeps_and_does_not_show()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var id = await Played(ann.Bot, bob.Bot, 0);

        var answer = await ann.Visitor.Get($"/api/games/{id}/record");

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("attachment", $"connect-four-{id}.txt"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
        Assert.Equal((await Read(server, id)).ToString(), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_record_comes_back_as_the_game_that_it_was()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann", "green");
        using var bob = new Bot("Bob");
        await bob.Join(server.Address);
        string[] ids = [await Played(ann.Bot, bob, 0), await Played(bob, ann.Bot, 1), await Played(ann.Bot, bob, 2), await Played(ann.Bot, bob, 3)];
        using var nobody = new Visitor(server);

        foreach (var id in ids)
        {
            var game = await Visitor.Json(await nobody.Get($"/api/games/{id}"));
            var replayed = await Visitor.Json(await nobody.Post("/api/replays", new { record = Text(game, "record") }));
            var crossed = await Visitor.Json(await nobody.Post("/api/replays", new { record = Text(game, "record")!.ReplaceLineEndings("\r\n") }));

            // Who has an account is known of our own games only.
            Assert.Equal(game.ToString().Replace("\"account\"", "\"guest\"", StringComparison.Ordinal), replayed.ToString());
            Assert.Equal(replayed.ToString(), crossed.ToString());
        }
        var before = (await Visitor.Json(await nobody.Get("/api/users/Ann"))).GetProperty("record").ToString();
        Assert.Contains("\"draws\":1", before, StringComparison.Ordinal); // A record that is brought back counts for nobody: four games, one draw.
    }

    [Fact]
    public async Task What_is_no_record_is_refused_with_the_line_that_is_wrong()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var id = await Played(ann.Bot, bob.Bot, 0);
        var text = (await Read(server, id)).ToString();
        (string Record, string Named)[] wrong =
        [
            ("", "Line 1"), ("nonsense", "Line 1"), (new string('\n', 20), "Line"), (text.Replace("1 2 1 3 1 4 1", "1 2 1 3 1 4 2", StringComparison.Ordinal), ""), (text.Replace("\"red\"", "\"pink\"", StringComparison.Ordinal), "Line 4"),
            (text.Replace("\"Bob\"", "\"B b\"", StringComparison.Ordinal), "Line 5"), (text.Replace("1-0", "0-1", StringComparison.Ordinal), ""), (text.Replace("1 2 1", "8 2 1", StringComparison.Ordinal), "Line"),
            (text + "1", "Line"), (text.Replace("\"Ann\"", "\"Eve\"", StringComparison.Ordinal), "hash"), (text.Replace("connect-four 1", "connect-four 2", StringComparison.Ordinal), "Line 1"),
            (new string('x', 8_193), "8192"), ("\0\u202e<script>", "Line 1"), ($"{text}\u2028{text}", "Line"),
        ];

        foreach (var (record, named) in wrong)
        {
            var answer = await ann.Visitor.Post("/api/replays", new { record });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await Visitor.Json(answer);
            Assert.Equal("bad_record", Text(problem, "code"));
            Assert.Contains(named, Text(problem, "detail")!, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_there_is_not_is_not_found()
    {
        await using var server = await RunningServer.Start();
        using var guest = new Bot("Somebody");
        await guest.Join(server.Address);
        using var visitor = new Visitor(server);
        string[] paths =
        [
            "/api/games/nothing", "/api/games/nothing/record", "/api/games/' OR 1=1 --", $"/api/games/{new string('x', 2_000)}", "/api/games/..", "/api/users/Nobody-here",
            "/api/users/Somebody", "/api/users/no%20name", "/api/users/%3Cscript%3E", "/api/users/Nobody-here/games", "/api/users/Somebody/games", "/api/users/deleted", "/api/nothing", "/api",
        ];

        foreach (var path in paths)
        {
            var answer = await visitor.Get(path);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound && answer.Content.Headers.ContentType is not null, $"{path}: {answer}");
            Assert.True((HttpStatusCode.NotFound, "not_found") == await Visitor.Problem(answer), path);
        }
    }

    /// <summary>A game with one end after another: a line by either, quitting, a draw.</summary>
    private static async Task<string> Played(Bot first, Bot second, int number)
    {
        var id = await Match.Begin(first, second);
        await Match.Finish(first, second, (number % 4) switch { 0 => Match.FirstWins, 1 => Match.SecondWins, 2 => "4", _ => Draws.From(1).ToString() });
        return id;
    }

    private static async Task<GameRecord> Read(RunningServer server, string id) =>
        GameRecord.From(await server.Get<Application.Ports.IGameJournal>().Read(new GameId(id)));

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("games").EnumerateArray().Select(game => Text(game, "game")!);

    private static IEnumerable<(string?, string?, string?)> Players(JsonElement game) =>
        game.GetProperty("players").EnumerateArray().Select(player => (Text(player, "name"), Text(player, "colour"), Text(player, "kind")));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
