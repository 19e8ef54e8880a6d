using System.Net;
using System.Text.Json;
using ConnectFour.Domain;

namespace ConnectFour.Web.Tests;

/// <summary>What becomes of games when an account is deleted or gets another name.</summary>
public abstract class DeletionTests(Home home) : OnEachDatabase(home)
{
    [Fact]
    public async Task The_running_games_of_a_deleted_account_are_forfeit_and_the_finished_ones_stay_under_a_name_that_nobody_has()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann", "blue");
        using var bob = await Member.Join(server, "Bob");
        using var cleo = await Member.Join(server, "Cleo");
        await bob.Bot.Ask(new() { ["type"] = "open", ["more"] = true });
        await ann.Bot.Ask(new() { ["type"] = "open", ["more"] = true });
        var lost = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Finish(ann.Bot, bob.Bot, Match.SecondWins);
        var won = await Match.Begin(bob.Bot, ann.Bot);
        await Match.Finish(bob.Bot, ann.Bot, Match.SecondWins);
        var running = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Play(ann.Bot, bob.Bot, "44");
        var another = await Match.Begin(cleo.Bot, ann.Bot);

        var deleted = await ann.Visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });
        await bob.Bot.UntilOver();
        await cleo.Bot.UntilOver();

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(("1 forfeit", "0 forfeit"), (bob.Bot.Result, cleo.Bot.Result));
        var bobs = await Visitor.Json(await bob.Visitor.Get("/api/users/Bob"));
        Assert.Equal((2, 1, 0), Record(bobs));
        Assert.Equal((1, 0, 0), Record(await Visitor.Json(await bob.Visitor.Get("/api/users/Cleo"))));
        var games = (await Visitor.Json(await bob.Visitor.Get("/api/users/Bob/games"))).GetProperty("games").EnumerateArray().ToArray();
        Assert.Equal([running, won, lost], games.Select(game => game.GetProperty("game").GetString()));
        Assert.All(games, game => Assert.Single(game.GetProperty("players").EnumerateArray(), player => Text(player, "name") == "deleted" && Text(player, "kind") == "deleted"));
        foreach (var id in new[] { lost, won, running, another })
        {
            var game = await Visitor.Json(await bob.Visitor.Get($"/api/games/{id}"));
            var record = await (await bob.Visitor.Get($"/api/games/{id}/record")).Content.ReadAsStringAsync();
            Assert.Contains(game.GetProperty("players").EnumerateArray(), player => Text(player, "name") == "deleted" && Text(player, "kind") == "deleted");
            Assert.DoesNotContain("Ann", record, StringComparison.Ordinal);
            Assert.True(GameRecord.TryParse(record, out var parsed, out var problem), problem);
            Assert.Equal(parsed.Hash, Text(game, "hash"));
        }
        Assert.Equal("blue", Text((await Visitor.Json(await bob.Visitor.Get($"/api/games/{lost}"))).GetProperty("players")[0], "colour"));
    }

    [Fact]
    public async Task A_game_of_two_deleted_accounts_can_still_be_looked_at_and_replayed()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var id = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);

        await ann.Visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });
        await bob.Visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });
        var game = await Visitor.Json(await bob.Visitor.Get($"/api/games/{id}"));
        var replayed = await Visitor.Json(await bob.Visitor.Post("/api/replays", new { record = Text(game, "record") }));

        Assert.All(game.GetProperty("players").EnumerateArray(), player => Assert.Equal(("deleted", "deleted"), (Text(player, "name"), Text(player, "kind"))));
        Assert.All(replayed.GetProperty("players").EnumerateArray(), player => Assert.Equal(("deleted", "deleted"), (Text(player, "name"), Text(player, "kind"))));
        Assert.Equal(Match.FirstWins, Text(replayed, "moves"));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Visitor.Get("/api/users/deleted")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Visitor.Get("/api/users/deleted/games")).StatusCode);
    }

    [Fact]
    public async Task The_name_of_a_deleted_account_is_free_for_a_guest_and_for_another_account_who_have_nothing_of_the_old_ones()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var game = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Play(ann.Bot, bob.Bot, "44");
        await ann.Visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });
        await ann.Bot.Line.Closed();

        using var guest = new Bot("Ann");
        var welcome = await guest.Join(server.Address);
        var listed = await guest.UntilListed("Ann", _ => true);
        var move = await guest.Refusal(new() { ["type"] = "move", ["game"] = game, ["ply"] = 2, ["column"] = 1 });
        using var visitor = new Visitor(server);
        var account = await visitor.Register("Ann", guest.Token);

        Assert.Equal("guest", (string?)welcome["kind"]);
        Assert.Equal(0, (int)listed["losses"]!);
        Assert.NotNull(move);
        Assert.Equal((0, 0, 0), Record(account));
        Assert.Equal(0, (await Visitor.Json(await visitor.Get("/api/users/Ann/games"))).GetProperty("games").GetArrayLength());
        Assert.Null(await ann.Visitor.Name());
    }

    [Fact]
    public async Task A_deleted_account_is_no_more_after_a_restart_either()
    {
        string game;
        await using (var before = await Home.Start(Match.Unhurried))
        {
            using var ann = await Member.Join(before, "Ann");
            using var bob = await Member.Join(before, "Bob");
            game = await Match.Begin(ann.Bot, bob.Bot);
            await Match.Finish(ann.Bot, bob.Bot, "4");
            await ann.Visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password });
        }

        await using var after = await Home.Start();
        using var visitor = new Visitor(after);
        var login = await visitor.LogIn("Ann");
        var players = (await Visitor.Json(await visitor.Get($"/api/games/{game}"))).GetProperty("players");

        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.Equal(["deleted", "account"], players.EnumerateArray().Select(player => Text(player, "kind")));
        Assert.Equal(0L, StoredRows.Scalar<long>(Home, "SELECT count(*) FROM sessions WHERE account NOT IN (SELECT id FROM accounts)"));
        Assert.Equal(0L, StoredRows.Scalar<long>(Home, "SELECT count(*) FROM users WHERE name = 'Ann' OR (kind = 3 AND credential IS NOT NULL)"));
    }

    [Fact]
    public async Task Nobody_gets_another_name_in_the_middle_of_a_game()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        await Match.Begin(ann.Bot, bob.Bot);

        var during = await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { name = "Cleo" });
        var cased = await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { name = "ANN", colour = "green" });
        await Match.Finish(ann.Bot, bob.Bot, "44");
        var account = await Visitor.Json(await ann.Visitor.Get("/api/session"));
        var after = await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { name = "Cleo" });

        Assert.Equal((HttpStatusCode.Conflict, "playing"), await Visitor.Problem(during));
        Assert.Equal((HttpStatusCode.Conflict, "playing"), await Visitor.Problem(cased));
        Assert.Equal(JsonValueKind.Null, account.GetProperty("account").GetProperty("colour").ValueKind); // All of it or nothing.
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Finished_games_are_those_of_the_new_name_and_the_old_one_is_free()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var game = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);

        await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { name = "Cleo" });
        using var guest = new Bot("Ann");
        await guest.Join(server.Address);
        using var cleo = new Bot("Cleo");
        await cleo.Join(server, ann.Visitor);
        var listed = await cleo.UntilListed("Cleo", _ => true);

        Assert.Equal(1, (int)listed["wins"]!);
        Assert.Equal(0, (int)(await cleo.UntilListed("Ann", _ => true))["wins"]!);
        var players = (await Visitor.Json(await bob.Visitor.Get($"/api/games/{game}"))).GetProperty("players");
        Assert.Equal(["Cleo", "Bob"], players.EnumerateArray().Select(player => Text(player, "name")));
    }

    [Fact]
    public async Task A_name_that_somebody_in_the_lobby_has_is_taken_for_whoever_wants_another()
    {
        await using var server = await Home.Start();
        using var ann = await Member.Join(server, "Ann");
        using var guest = new Bot("Cleo");
        await guest.Join(server.Address);

        var answer = await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { name = "CLEO" });

        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), await Visitor.Problem(answer));
        await ann.Bot.Ask(new() { ["type"] = "ping" }); // Still here, under the same name.
    }

    private static (int, int, int) Record(JsonElement of)
    {
        var record = of.GetProperty("record");
        return (record.GetProperty("wins").GetInt32(), record.GetProperty("losses").GetInt32(), record.GetProperty("draws").GetInt32());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
