using System.Net;
using System.Text.Json;

namespace ConnectFour.Web.Tests;

/// <summary>A guest registers, and goes on as the account.</summary>
public sealed class EnrolTests
{
    [Fact]
    public async Task A_guest_who_registers_in_the_middle_of_a_game_plays_on_and_so_does_the_opponent()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await Match.Begin(ann, bob);
        await Match.Finish(ann, bob, Match.FirstWins);
        var game = await Match.Begin(ann, bob);
        await Match.Play(ann, bob, "121");
        using var visitor = new Visitor(server);

        var account = await visitor.Register("Ann", ann.Token);
        await Match.Play(ann, bob, "3141"); // Both on the sockets that they have.
        await ann.UntilOver();
        await bob.UntilOver();

        Assert.Equal((1, 0, 0), Record(account.GetProperty("record")));
        Assert.Equal(("0 four", "0 four"), (ann.Result, bob.Result));
        var listed = await bob.UntilListed("Ann", user => (int)user["wins"]! == 2);
        Assert.Equal("account", (string?)listed["kind"]);
        var known = await Visitor.Json(await visitor.Get("/api/users/Ann"));
        Assert.Equal((2, 0, 0), Record(known.GetProperty("record")));
        var games = (await Visitor.Json(await visitor.Get("/api/users/Ann/games"))).GetProperty("games");
        Assert.Equal(2, games.GetArrayLength());
        Assert.Equal((game, "account", "guest"), (games[0].GetProperty("game").GetString(), Kind(games[0], 0), Kind(games[0], 1)));
        Assert.Equal("account", Kind(games[1], 0));
    }

    [Fact]
    public async Task Who_registered_during_a_game_comes_back_to_it_with_their_session_also_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        string game;
        CookieContainer cookies;
        await using (var before = await RunningServer.Start("--ConnectFour:DataDirectory", folder.Path))
        {
            await ann.Join(before.Address);
            await bob.Join(before.Address);
            game = await Match.Begin(ann, bob);
            await Match.Play(ann, bob, "12");
            using var visitor = new Visitor(before);
            await visitor.Register("Ann", ann.Token);
            using var tab = new Bot("Ann");
            await tab.Join(before, visitor);
            await tab.UntilType("game");
            Assert.Equal((game, "12"), (tab.Game, tab.Moves));
            cookies = visitor.Cookies;
        }

        await using var after = await RunningServer.Start("--ConnectFour:DataDirectory", folder.Path);
        using var back = new Visitor(after, cookies);
        using var again = new Bot("Ann");
        await again.Join(after, back);
        await again.UntilType("game");
        await bob.Join(after.Address);
        await bob.UntilType("game");
        await Match.Play(again, bob, "12121");

        Assert.Equal(game, again.Game);
        await bob.UntilOver();
        Assert.Equal("0 four", bob.Result);
        Assert.Equal((1, 0, 0), Record((await Visitor.Json(await back.Get("/api/users/Ann"))).GetProperty("record")));
    }

    [Fact]
    public async Task Without_the_guests_own_token_a_name_that_is_here_is_taken()
    {
        await using var server = await RunningServer.Start();
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        var secret = ann.Token![4..];
        string?[] tokens = [null, "", "nonsense", bob.Token, $"Ann.{bob.Token![4..]}", $"Ann.{secret[..^1]}{(secret[^1] == 'A' ? 'E' : 'A')}", $"Bob.{secret}", secret];

        foreach (var token in tokens)
        {
            using var visitor = new Visitor(server);
            var answer = await visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password, token });
            Assert.Equal((HttpStatusCode.Conflict, "name_taken"), await Visitor.Problem(answer));
            Assert.Null(await visitor.Name());
        }
        using var owner = new Visitor(server);
        await owner.Register("ann", ann.Token); // Upper and lower case make no other name.

        Assert.Equal("ann", await owner.Name());
    }

    [Fact]
    public async Task Nobody_gets_the_games_of_a_guest_by_another_name_or_a_wrong_token()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await Match.Begin(ann, bob);
        await Match.Finish(ann, bob, Match.FirstWins);
        await ann.Leave();
        await server.Pass(TimeSpan.FromMinutes(2));

        using var wrong = new Visitor(server);
        var byWrongToken = await wrong.Register("Ann", $"Ann.{bob.Token![4..]}");
        using var other = new Visitor(server);
        var byAnotherName = await other.Register("Cleo", ann.Token);

        Assert.Equal((0, 0, 0), Record(byWrongToken.GetProperty("record")));
        Assert.Equal((0, 0, 0), Record(byAnotherName.GetProperty("record")));
        Assert.Equal(0, (await Visitor.Json(await other.Get("/api/users/Cleo/games"))).GetProperty("games").GetArrayLength());
    }

    [Fact]
    public async Task A_guest_who_has_left_gets_their_games_by_their_token()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await Match.Begin(ann, bob);
        await Match.Finish(ann, bob, Match.SecondWins);
        await ann.Leave();
        await server.Pass(TimeSpan.FromMinutes(2));
        using var visitor = new Visitor(server);

        var account = await visitor.Register("Ann", ann.Token);

        Assert.Equal((0, 1, 0), Record(account.GetProperty("record")));
    }

    [Fact]
    public async Task A_token_under_another_name_is_another_guests()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await Match.Begin(ann, bob);
        await Match.Finish(ann, bob, Match.FirstWins);
        using var line = await Line.Open(server.Address);

        await line.Send(new() { ["type"] = "new_connection", ["token"] = $"Cleo.{ann.Token![4..]}" });
        await line.Answer();
        var listed = await bob.UntilListed("Cleo", _ => true);

        Assert.Equal((0, 0), ((int)listed["wins"]!, (int)listed["losses"]!)); // Two users with one record would count each game twice.
    }

    [Fact]
    public async Task A_guest_who_takes_a_name_while_it_is_being_registered_keeps_it()
    {
        using var hasher = new HeldHasher();
        await using var server = await RunningServer.Start(hasher.Replace);
        using var visitor = new Visitor(server);
        hasher.Hold();
        var registering = visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password });
        await hasher.Reached(1);
        using var guest = new Bot("Ann");
        await guest.Join(server.Address);

        hasher.Release();
        var answer = await registering;

        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), await Visitor.Problem(answer));
        Assert.Null(await visitor.Name());
        using var later = new Visitor(server);
        await later.Register("Ann", guest.Token); // The name is not lost to anybody.
    }

    private static (int Wins, int Losses, int Draws) Record(JsonElement record) =>
        (record.GetProperty("wins").GetInt32(), record.GetProperty("losses").GetInt32(), record.GetProperty("draws").GetInt32());

    private static string? Kind(JsonElement game, int player) => game.GetProperty("players")[player].GetProperty("kind").GetString();
}
