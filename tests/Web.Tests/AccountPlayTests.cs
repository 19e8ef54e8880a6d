using System.Net;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>Accounts on the socket: a session makes a connection the account's, and its end ends the connection.</summary>
public sealed class AccountPlayTests
{
    private const int LoggedOut = 4001;

    private static JsonObject Nameless => new() { ["type"] = "new_connection" };

    [Fact]
    public async Task A_connection_with_a_session_is_the_accounts_with_its_colour_and_its_record()
    {
        await using var server = await RunningServer.Start();
        using var visitor = await Visitor.Of(server, "Ann");
        await visitor.Send(HttpMethod.Patch, "/api/account", new { colour = "blue", openToMore = true });
        using var ann = new Bot("Ann");

        var welcome = await ann.Join(server, visitor);
        var listed = await ann.UntilListed("Ann", _ => true);

        Assert.Equal(("Ann", "account"), ((string?)welcome["name"], (string?)welcome["kind"]));
        Assert.True(welcome.ContainsKey("token"));
        Assert.Null(welcome["token"]);
        Assert.Equal(("account", "blue", true), ((string?)listed["kind"], (string?)listed["colour"], (bool)listed["open"]!));
        Assert.Equal((0, 0, 0), ((int)listed["wins"]!, (int)listed["losses"]!, (int)listed["draws"]!));
    }

    [Fact]
    public async Task A_change_of_colour_and_openness_shows_in_the_lobby_at_once()
    {
        await using var server = await RunningServer.Start();
        using var visitor = await Visitor.Of(server, "Ann");
        using var ann = new Bot("Ann");
        await ann.Join(server, visitor);

        await visitor.Send(HttpMethod.Patch, "/api/account", new { colour = "purple", openToMore = true });

        await ann.UntilListed("Ann", user => (string?)user["colour"] == "purple" && (bool)user["open"]!);
    }

    [Fact]
    public async Task A_nameless_connection_without_a_valid_session_is_nobodys()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Visitor.Of(server, "Ann");
        using var bob = await Visitor.Of(server, "Bob");
        using var gone = await Visitor.Of(server, "Gone");
        var good = ann.Cookies.GetAllCookies().Single();
        var ended = gone.Cookies.GetAllCookies().Single();
        await gone.Send(HttpMethod.Delete, "/api/session");
        string[] values =
        [
            "", "nonsense", good.Value[..^1], good.Value[1..], $"{good.Value}A", Flipped(good.Value, good.Value.Length / 2), Flipped(good.Value, good.Value.Length - 2),
            good.Value[..(good.Value.Length / 2)] + bob.Cookies.GetAllCookies().Single().Value[(good.Value.Length / 2)..], ended.Value, "account:1", "1",
        ];

        foreach (var value in values)
        {
            using var line = await Line.Open(server.Address, Jar(server, good.Name, value));
            await line.Send(Nameless);
            var answer = await line.Answer();
            Assert.True((string?)answer["code"] == "not_logged_in", $"{value}: {answer.ToJsonString()}");
        }
        using var other = await Line.Open(server.Address, Jar(server, "__Host-connect-four", good.Value));
        await other.Send(Nameless);
        using var none = await Line.Open(server.Address);
        await none.Send(Nameless);
        using var stolen = await Line.Open(server.Address, Jar(server, good.Name, good.Value), isBrowser: false);
        await stolen.Send(Nameless);
        using var right = await Line.Open(server.Address, Jar(server, good.Name, good.Value));
        await right.Send(Nameless);

        Assert.Equal("not_logged_in", (string?)(await other.Answer())["code"]);
        Assert.Equal("not_logged_in", (string?)(await stolen.Answer())["code"]);
        Assert.Equal("not_logged_in", (string?)(await none.Answer())["code"]);
        Assert.Equal("welcome", Line.Type(await right.Answer())); // Or all of the above would prove nothing.
    }

    [Fact]
    public async Task A_session_that_is_too_old_makes_no_connection_the_accounts()
    {
        await using var server = await RunningServer.Start();
        using var visitor = await Visitor.Of(server, "Ann");
        var cookie = visitor.Cookies.GetAllCookies().Single();

        server.SetClock(TimeSpan.FromDays(14) + TimeSpan.FromMinutes(1));
        using var line = await Line.Open(server.Address, Jar(server, cookie.Name, cookie.Value));
        await line.Send(Nameless);

        Assert.Equal("not_logged_in", (string?)(await line.Answer())["code"]);
    }

    [Fact]
    public async Task With_a_session_one_may_still_play_as_a_guest_under_another_name()
    {
        await using var server = await RunningServer.Start();
        using var visitor = await Visitor.Of(server, "Ann");
        using var line = await Line.Open(server.Address, visitor.Cookies);

        await line.Send(new() { ["type"] = "new_connection", ["username"] = "Somebody" });
        var welcome = await line.Answer();

        Assert.Equal(("guest", "Somebody"), ((string?)welcome["kind"], (string?)welcome["name"]));
    }

    [Fact]
    public async Task A_registered_name_is_closed_to_guests_and_to_their_old_tokens()
    {
        await using var server = await RunningServer.Start();
        using var guest = new Bot("Ann");
        await guest.Join(server.Address);
        var token = guest.Token!;
        using var visitor = new Visitor(server);
        await visitor.Register("Ann", token);

        var codes = new List<string?>();
        foreach (var (field, value) in new[] { ("username", "Ann"), ("username", "aNN"), ("token", token), ("token", $"ANN{token[3..]}") })
        {
            using var line = await Line.Open(server.Address);
            await line.Send(new() { ["type"] = "new_connection", [field] = value });
            codes.Add((string?)(await line.Answer())["code"]);
        }

        Assert.Equal(["name_registered", "name_registered", "name_registered", "name_registered"], codes);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("everywhere")]
    [InlineData("password")]
    [InlineData("name")]
    [InlineData("deletion")]
    public async Task What_ends_a_session_closes_the_accounts_sockets_at_once_and_who_has_another_session_comes_back(string what)
    {
        await using var server = await RunningServer.Start();
        using var home = await Visitor.Of(server, "Ann");
        using var away = new Visitor(server);
        await away.LogIn("Ann");
        using var stranger = await Visitor.Of(server, "Bob");
        using var first = new Bot("Ann");
        using var second = new Bot("Ann");
        using var bob = new Bot("Bob");
        await first.Join(server, home);
        await second.Join(server, away);
        await bob.Join(server, stranger);
        server.TimeFlows = false; // So it cannot wait for anything.

        var done = what switch
        {
            "here" => await home.Send(HttpMethod.Delete, "/api/session"),
            "everywhere" => await home.Send(HttpMethod.Delete, "/api/sessions"),
            "password" => await home.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Visitor.Password, ["new"] = "another password" }),
            "name" => await home.Send(HttpMethod.Patch, "/api/account", new { name = "Cleo" }),
            _ => await home.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password }),
        };
        var codes = (await first.Line.Closed(), await second.Line.Closed());
        server.TimeFlows = true;
        var pong = await bob.Ask(new() { ["type"] = "ping" });

        Assert.True(done.IsSuccessStatusCode);
        Assert.Equal((LoggedOut, LoggedOut), codes);
        Assert.Equal("pong", Line.Type(pong));
        string[] back = [await Connected(server, home), await Connected(server, away)];
        Assert.Equal(
            what switch { "here" => ["", "Ann"], "password" => ["Ann", ""], "name" => ["Cleo", "Cleo"], _ => ["", ""] },
            back);
    }

    [Fact]
    public async Task A_connection_that_was_opened_before_its_session_ended_does_not_become_the_accounts_after_it()
    {
        await using var server = await RunningServer.Start();
        using var visitor = await Visitor.Of(server, "Ann");
        using var line = await Line.Open(server.Address, visitor.Cookies);

        await visitor.Send(HttpMethod.Delete, "/api/session");
        await line.Send(Nameless);

        Assert.Equal("not_logged_in", (string?)(await line.Answer())["code"]);
    }

    [Fact]
    public async Task A_connection_does_not_outlast_its_session_however_much_it_is_used()
    {
        await using var server = await RunningServer.Start("--ConnectFour:Accounts:LongestSession", "01:00:00", "--ConnectFour:Limits:Ping", "01:00:00");
        using var visitor = await Visitor.Of(server, "Ann");
        using var ann = new Bot("Ann");
        await ann.Join(server, visitor);
        using var bob = new Bot("Bob");
        await bob.Join(server.Address);

        await Settle(server, ann, bob);
        server.Leap(TimeSpan.FromMinutes(50));
        var during = await ann.Ask(new() { ["type"] = "ping" });
        await Settle(server, ann, bob);
        server.Leap(TimeSpan.FromMinutes(15));
        var code = await ann.Line.Closed();
        var bobs = await bob.Ask(new() { ["type"] = "ping" });

        Assert.Equal(("pong", LoggedOut, "pong"), (Line.Type(during), code, Line.Type(bobs)));
    }

    /// <summary>Waits until everything has been said: to a message that is on its way, a leap is a line that takes too long.</summary>
    private static async Task Settle(RunningServer server, params Bot[] bots)
    {
        await server.Pass(TimeSpan.FromSeconds(1));
        foreach (var bot in bots) await bot.Ask(new() { ["type"] = "ping" });
    }

    /// <summary>Whom a new connection with the visitor's cookies belongs to; empty for nobody.</summary>
    private static async Task<string> Connected(RunningServer server, Visitor visitor)
    {
        using var line = await Line.Open(server.Address, visitor.Cookies);
        await line.Send(Nameless);
        var answer = await line.Answer();
        return Line.Type(answer) == "welcome" ? (string)answer["name"]! : "";
    }

    private static CookieContainer Jar(RunningServer server, string name, string value)
    {
        var jar = new CookieContainer();
        jar.Add(new Cookie(name, value, "/", server.Address.Host));
        return jar;
    }

    private static string Flipped(string text, int at) => $"{text[..at]}{(text[at] == 'A' ? 'B' : 'A')}{text[(at + 1)..]}";
}
