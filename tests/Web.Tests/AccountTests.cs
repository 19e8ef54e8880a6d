using System.Net;
using System.Text.Json;

namespace ConnectFour.Web.Tests;

/// <summary>Accounts over HTTP.</summary>
public abstract class AccountTests(Home home) : OnEachDatabase(home)
{
    private const string Common = "password123";

    [Fact]
    public async Task Who_registers_is_logged_in_and_can_come_back_by_name_and_password()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);

        var account = await ann.Register("Ann");
        var registered = await ann.Name();
        var loggedOut = await ann.Send(HttpMethod.Delete, "/api/session");
        var nobody = await ann.Name();
        var back = await ann.LogIn("ANN");

        Assert.Equal("Ann", account.GetProperty("name").GetString());
        Assert.Equal("Ann", registered);
        Assert.Equal(HttpStatusCode.NoContent, loggedOut.StatusCode);
        Assert.Null(nobody);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal("Ann", await ann.Name());
    }

    [Theory]
    [InlineData("A", Visitor.Password, HttpStatusCode.BadRequest, "bad_name")]
    [InlineData("admin", Visitor.Password, HttpStatusCode.BadRequest, "bad_name")]
    [InlineData("<script>", Visitor.Password, HttpStatusCode.BadRequest, "bad_name")]
    [InlineData("Ann", "1234567", HttpStatusCode.BadRequest, "bad_password")]
    [InlineData("Ann", Common, HttpStatusCode.BadRequest, "common_password")]
    [InlineData("Ann", "PassWord123", HttpStatusCode.BadRequest, "common_password")]
    [InlineData("AnnAnnAnn", "annannann", HttpStatusCode.BadRequest, "common_password")]
    [InlineData("BOB", Visitor.Password, HttpStatusCode.Conflict, "name_taken")]
    public async Task What_cannot_be_registered_is_refused_with_the_reason(string name, string password, HttpStatusCode status, string code)
    {
        await using var server = await Home.Start();
        using var bob = new Visitor(server);
        await bob.Register("Bob");
        using var visitor = new Visitor(server);

        var answer = await visitor.Post("/api/account", new { name, password });

        Assert.Equal((status, code), await Visitor.Problem(answer));
        Assert.Null(await visitor.Name());
    }

    [Fact]
    public async Task A_password_has_8_to_128_characters_and_any_characters()
    {
        await using var server = await Home.Start();
        string[] allowed = ["zx81 c64", new string('é', 128), "только буквы", "🙂🙂🙂🙂"];

        for (var i = 0; i < allowed.Length; i++)
        {
            using var visitor = new Visitor(server);
            var registered = await visitor.Post("/api/account", new { name = $"Ann{i}", password = allowed[i] });
            var back = await visitor.LogIn($"Ann{i}", allowed[i]);
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (registered.StatusCode, back.StatusCode));
        }

        using var late = new Visitor(server);
        var refused = await late.Post("/api/account", new { name = "Late", password = new string('é', 129) });
        Assert.Equal((HttpStatusCode.BadRequest, "bad_password"), await Visitor.Problem(refused));
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_are_answered_alike()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        await ann.Register("Ann");
        using var visitor = new Visitor(server);

        var answers = new List<string>();
        foreach (var (name, password) in new[] { ("Ann", "not the password"), ("Nobody-here", Visitor.Password), ("no name", "x"), ("Ann", "") })
        {
            var answer = await visitor.LogIn(name, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            answers.Add((await Visitor.Json(answer)).GetProperty("detail").GetString()!);
        }

        Assert.Single(answers.Distinct());
        Assert.Null(await visitor.Name());
    }

    [Fact]
    public async Task A_session_that_was_ended_is_over_for_every_copy_of_its_cookie()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        await ann.Register("Ann");
        using var thief = new Visitor(server);
        thief.Cookies.Add(ann.Cookies.GetAllCookies());
        var stolen = await thief.Name();

        await ann.Send(HttpMethod.Delete, "/api/session");

        Assert.Equal("Ann", stolen);
        Assert.Null(await thief.Name());
    }

    [Fact]
    public async Task Logging_out_ends_one_session_and_logging_out_everywhere_ends_all()
    {
        await using var server = await Home.Start();
        using var home = new Visitor(server);
        using var work = new Visitor(server);
        using var phone = new Visitor(server);
        await home.Register("Ann");
        await work.LogIn("Ann");
        await phone.LogIn("Ann");

        await phone.Send(HttpMethod.Delete, "/api/session");
        var afterOne = (await home.Name(), await work.Name(), await phone.Name());
        await home.Send(HttpMethod.Delete, "/api/sessions");

        Assert.Equal(("Ann", "Ann", null), afterOne);
        Assert.Equal(((string?)null, (string?)null), (await home.Name(), await work.Name()));
    }

    [Fact]
    public async Task A_session_lasts_14_days_unused_and_30_days_at_most()
    {
        await using var server = await Home.Start();
        using var idle = new Visitor(server);
        using var busy = new Visitor(server);
        await idle.Register("Idle");
        await busy.Register("Busy");
        var idleCookie = idle.Cookies.GetAllCookies().Single();
        var names = new List<string?>();

        for (var day = 1; day <= 31; day++)
        {
            server.SetClock(TimeSpan.FromDays(1));
            names.Add(await busy.Name());
            if (day == 13) Assert.Equal("Idle", await Session(server, idleCookie));
        }

        // That the idle one was looked at on day 13 has renewed the cookie that it got, not the one that it had.
        Assert.Null(await Session(server, idleCookie));
        Assert.Equal(Enumerable.Repeat("Busy", 29), names.Take(29));
        Assert.Null(names[^1]);
    }

    [Fact]
    public async Task Another_password_ends_all_other_sessions()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        using var thief = new Visitor(server);
        await ann.Register("Ann");
        await thief.LogIn("Ann");

        var wrong = await ann.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = "not the password", ["new"] = "another password" });
        var common = await ann.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Visitor.Password, ["new"] = Common });
        var changed = await ann.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Visitor.Password, ["new"] = "another password" });

        Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), await Visitor.Problem(wrong));
        Assert.Equal((HttpStatusCode.BadRequest, "common_password"), await Visitor.Problem(common));
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(("Ann", null), (await ann.Name(), await thief.Name()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.LogIn("Ann")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await thief.LogIn("Ann", "another password")).StatusCode);
    }

    [Fact]
    public async Task Colour_and_openness_are_kept_and_what_is_left_out_stays()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        await ann.Register("Ann");

        await ann.Send(HttpMethod.Patch, "/api/account", new { colour = "blue" });
        await ann.Send(HttpMethod.Patch, "/api/account", new { openToMore = true });
        var both = await Visitor.Json(await ann.Send(HttpMethod.Patch, "/api/account", new { }));
        var none = await Visitor.Json(await ann.Send(HttpMethod.Patch, "/api/account", new { colour = (string?)null }));
        var unknown = await ann.Send(HttpMethod.Patch, "/api/account", new { colour = "pink" });

        Assert.Equal(("blue", true), (both.GetProperty("colour").GetString(), both.GetProperty("openToMore").GetBoolean()));
        Assert.Equal((JsonValueKind.Null, true), (none.GetProperty("colour").ValueKind, none.GetProperty("openToMore").GetBoolean()));
        Assert.Equal((HttpStatusCode.BadRequest, "bad_colour"), await Visitor.Problem(unknown));
    }

    [Fact]
    public async Task Another_name_is_taken_over_everywhere_but_not_during_a_game_and_not_from_somebody_else()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        using var bob = new Visitor(server);
        await ann.Register("Ann");
        await bob.Register("Bob");

        var taken = await ann.Send(HttpMethod.Patch, "/api/account", new { name = "BOB" });
        var cased = await Visitor.Json(await ann.Send(HttpMethod.Patch, "/api/account", new { name = "ANN" }));
        var renamed = await Visitor.Json(await ann.Send(HttpMethod.Patch, "/api/account", new { name = "Cleo" }));

        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), await Visitor.Problem(taken));
        Assert.Equal("ANN", cased.GetProperty("name").GetString());
        Assert.Equal("Cleo", renamed.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await ann.Get("/api/users/Ann")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.LogIn("Cleo")).StatusCode);
    }

    [Fact]
    public async Task A_deleted_account_is_nobodys_any_more_and_its_name_is_free()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        await ann.Register("Ann");

        var wrong = await ann.Send(HttpMethod.Delete, "/api/account", new { password = "not the password" });
        var deleted = await ann.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });

        Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), await Visitor.Problem(wrong));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Null(await ann.Name());
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.LogIn("Ann")).StatusCode);
        using var another = new Visitor(server);
        await another.Register("Ann");
    }

    [Fact]
    public async Task Nobody_is_answered_about_an_account_without_a_session()
    {
        await using var server = await Home.Start();
        using var visitor = new Visitor(server);

        HttpResponseMessage[] answers =
        [
            await visitor.Get("/api/account/data"),
            await visitor.Send(HttpMethod.Patch, "/api/account", new { colour = "red" }),
            await visitor.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = "12345678", ["new"] = "another password" }),
            await visitor.Send(HttpMethod.Delete, "/api/account", new { password = "12345678" }),
            await visitor.Send(HttpMethod.Delete, "/api/sessions"),
        ];

        foreach (var answer in answers) Assert.Equal((HttpStatusCode.Unauthorized, "not_logged_in"), await Visitor.Problem(answer));
    }

    [Fact]
    public async Task Of_many_who_register_the_same_name_at_once_one_gets_it()
    {
        await using var server = await Home.Start();
        var visitors = Enumerable.Range(0, 12).Select(_ => new Visitor(server)).ToArray();

        var answers = await Task.WhenAll(visitors.Select(visitor => visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password })));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Array.ForEach(visitors, visitor => visitor.Dispose());
    }

    [Fact]
    public async Task My_data_is_a_file_with_everything_that_is_kept_of_me()
    {
        await using var server = await Home.Start();
        using var ann = new Visitor(server);
        await ann.Register("Ann");

        var answer = await ann.Get("/api/account/data");

        Assert.Equal("Ann.json", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal("Ann", (await Visitor.Json(answer)).GetProperty("account").GetProperty("name").GetString());
    }

    [Fact]
    public async Task My_data_says_whom_I_block_who_may_challenge_me_and_how_my_rating_went()
    {
        await using var server = await Home.Start();
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var game = await Match.Begin(ann.Bot, bob.Bot, new System.Text.Json.Nodes.JsonObject { ["initial"] = 180, ["increment"] = 2 });
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);
        await ann.Bot.Ask(new() { ["type"] = "block", ["name"] = "Bob" });
        await ann.Bot.Ask(new() { ["type"] = "allow", ["challenges"] = "nobody" });

        var mine = await Visitor.Json(await ann.Visitor.Get("/api/account/data"));

        Assert.Equal("nobody", mine.GetProperty("challenges").GetString());
        Assert.Equal("Bob", Assert.Single(mine.GetProperty("blocked").EnumerateArray()).GetString());
        Assert.True(mine.GetProperty("rating").GetProperty("value").GetDouble() > 1_500);
        Assert.Equal(game, Assert.Single(mine.GetProperty("ratings").EnumerateArray()).GetProperty("game").GetString());
    }

    private static async Task<string?> Session(RunningServer server, Cookie cookie)
    {
        using var visitor = new Visitor(server);
        visitor.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", server.Address.Host));
        return await visitor.Name();
    }
}
