using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectFour.Domain;

namespace ConnectFour.Web.Tests;

/// <summary>Colours and records of accounts, over real games.</summary>
public abstract class RecordTests(Home home) : OnEachDatabase(home)
{
    /// <summary>Each of twelve pairings meets each of seven ends once.</summary>
    private const int Games = 84;

    /// <summary>An end: the second runs out of time, if time is ours.</summary>
    private const int Flag = 0;

    [Theory]
    [InlineData(null, null, "red", "yellow")]
    [InlineData("blue", null, "blue", "yellow")]
    [InlineData(null, "blue", "red", "blue")]
    [InlineData("green", "black", "green", "black")]
    [InlineData("white", "white", "white", "black")]
    [InlineData("orange", "orange", "orange", "blue")]
    [InlineData("yellow", null, "yellow", "red")]
    [InlineData(null, "red", "red", "yellow")]
    public async Task The_challenged_gets_their_colour_and_the_challenger_theirs_or_its_counterpart(string? challenged, string? challenger, string first, string second)
    {
        await using var server = await Home.Start();
        using var ann = await Member.Join(server, "Ann", challenged);
        using var bob = await Member.Join(server, "Bob", challenger);

        var game = await Match.Begin(challenged: ann.Bot, challenger: bob.Bot);

        foreach (var whole in new[] { ann.Bot.Whole!, bob.Bot.Whole! })
        {
            Assert.Equal(["Ann", "Bob"], whole["players"]!.AsArray().Select(player => (string?)player!["name"]));
            Assert.Equal([first, second], whole["players"]!.AsArray().Select(player => (string?)player!["colour"]));
        }
        var stored = await Visitor.Json(await ann.Visitor.Get($"/api/games/{game}"));
        Assert.Equal([first, second], stored.GetProperty("players").EnumerateArray().Select(player => player.GetProperty("colour").GetString()));
    }

    [Fact]
    public async Task Another_colour_counts_from_the_next_game_on()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann", "blue");
        using var bob = await Member.Join(server, "Bob");
        var game = await Match.Begin(ann.Bot, bob.Bot);
        await ann.Visitor.Send(HttpMethod.Patch, "/api/account", new { colour = "green" });
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);

        await Match.Begin(ann.Bot, bob.Bot);

        Assert.Equal("green", (string?)bob.Bot.Whole!["players"]![0]!["colour"]);
        var before = await Visitor.Json(await ann.Visitor.Get($"/api/games/{game}"));
        Assert.Equal("blue", before.GetProperty("players")[0].GetProperty("colour").GetString());
    }

    [Fact]
    public async Task The_record_is_a_recount_of_all_finished_games_wherever_it_is_shown_and_after_a_restart_too()
    {
        string[] names = ["Ann", "Bob", "Cleo", "Dora"];
        var expected = names.ToDictionary(name => name, _ => default(Tally));
        await using (var server = await Home.Start(Match.Unhurried))
        {
            // The last one is a guest and registers half-way.
            using var ann = await Member.Join(server, "Ann");
            using var bob = await Member.Join(server, "Bob");
            using var cleo = await Member.Join(server, "Cleo");
            using var dora = new Bot("Dora");
            await dora.Join(server.Address);
            Bot[] bots = [ann.Bot, bob.Bot, cleo.Bot, dora];
            var pairs = bots.SelectMany(first => bots.Except([first]), (first, second) => (First: first, Second: second)).ToArray();
            using var visitor = new Visitor(server);

            for (var number = 0; number < Games; number++)
            {
                if (number == Games / 2) await visitor.Register("Dora", dora.Token);
                var (first, second) = pairs[number % pairs.Length];
                var winner = await Play(server, first, second, number % 7);
                expected[first.Name] = expected[first.Name].With(Outcome(winner), Player.First);
                expected[second.Name] = expected[second.Name].With(Outcome(winner), Player.Second);
            }

            foreach (var name in names)
            {
                var tally = expected[name];
                await bots[0].UntilListed(name, user => tally == new Tally((int)user["wins"]!, (int)user["losses"]!, (int)user["draws"]!));
                Assert.Equal(tally, await OverHttp(visitor, name));
            }
            Assert.Equal(expected["Dora"], Tallied((await Visitor.Json(await visitor.Get("/api/session"))).GetProperty("account").GetProperty("record")));
            Assert.Equal(2 * Games, expected.Values.Sum(tally => tally.Wins + tally.Losses + tally.Draws));
            Assert.All(expected.Values, tally => Assert.True(tally is { Wins: > 0, Losses: > 0, Draws: > 0 }, $"{tally} proves little."));
        }

        Assert.All(names, name => Assert.Equal(StoredRows.Recounted(Home, name), StoredRows.Kept(Home, name)));
        await using var again = await Home.Start();
        using var back = new Visitor(again);
        await back.LogIn("Dora");
        using var tab = new Bot("Dora");
        await tab.Join(again, back);
        var listed = await tab.UntilListed("Dora", _ => true);
        Assert.Equal(expected["Dora"], new Tally((int)listed["wins"]!, (int)listed["losses"]!, (int)listed["draws"]!));
        foreach (var name in names)
        {
            Assert.Equal(expected[name], await OverHttp(back, name));
            Assert.Equal((expected[name].Wins, expected[name].Losses, expected[name].Draws), StoredRows.Kept(Home, name));
        }
    }

    [Fact]
    public async Task My_record_against_somebody_counts_our_games_alone_and_from_my_side()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        using var cleo = await Member.Join(server, "Cleo");
        await Played(ann.Bot, bob.Bot, Match.FirstWins);
        await Played(bob.Bot, ann.Bot, Match.FirstWins);
        await Played(bob.Bot, ann.Bot, Match.SecondWins);
        await Played(ann.Bot, bob.Bot, Draws.From(1).ToString());
        await Played(ann.Bot, cleo.Bot, Match.SecondWins);
        await Match.Begin(ann.Bot, bob.Bot);
        using var nobody = new Visitor(server);

        var anns = await Visitor.Json(await ann.Visitor.Get("/api/users/bob"));
        var bobs = await Visitor.Json(await bob.Visitor.Get("/api/users/Ann"));
        var own = await Visitor.Json(await ann.Visitor.Get("/api/users/Ann"));
        var nobodys = await Visitor.Json(await nobody.Get("/api/users/Ann"));
        var none = await Visitor.Json(await cleo.Visitor.Get("/api/users/Bob"));

        Assert.Equal(new Tally(2, 1, 1), Tallied(anns.GetProperty("against")));
        Assert.Equal(new Tally(1, 2, 1), Tallied(bobs.GetProperty("against")));
        Assert.Equal(new Tally(0, 0, 0), Tallied(none.GetProperty("against")));
        Assert.Equal(JsonValueKind.Null, own.GetProperty("against").ValueKind);
        Assert.Equal(JsonValueKind.Null, nobodys.GetProperty("against").ValueKind);
        Assert.Equal(new Tally(2, 2, 1), Tallied(own.GetProperty("record")));
        Assert.True(own.GetProperty("online").GetBoolean());
    }

    private static async Task Played(Bot first, Bot second, string columns)
    {
        await Match.Begin(first, second);
        await Match.Finish(first, second, columns);
    }

    /// <returns>The side that won, or null.</returns>
    private async Task<Player?> Play(RunningServer server, Bot first, Bot second, int end)
    {
        await Match.Begin(first, second, end == Flag ? new JsonObject { ["initial"] = 60, ["increment"] = 0 } : null);
        switch (end)
        {
            case Flag when Home.IsTimeOurs:
                await Match.Play(first, second, "443");
                await server.Pass(TimeSpan.FromSeconds(70));
                await first.UntilOver();
                await second.UntilOver();
                foreach (var name in new[] { first.Name, second.Name }) await first.UntilListed(name, user => (string?)user["state"] == "AVAILABLE"); // Nobody's answer says so.
                return Player.First;
            case 1:
                await Match.Finish(first, second, Match.FirstWins);
                return Player.First;
            case 2:
                await Match.Finish(first, second, Match.SecondWins);
                return Player.Second;
            case 3 or 4:
                await Match.Finish(first, second, Draws.From(end).ToString());
                return null;
            case Flag or 5:
                await Match.Finish(first, second, "443"); // The second quits.
                return Player.First;
            default:
                await Match.Finish(first, second, ""); // The first quits.
                return Player.Second;
        }
    }

    private static Outcome Outcome(Player? winner) => winner is { } side ? new Outcome.Forfeit(side.Opponent) : new Outcome.FullBoard();

    private static async Task<Tally> OverHttp(Visitor visitor, string name) => Tallied((await Visitor.Json(await visitor.Get($"/api/users/{name}"))).GetProperty("record"));

    private static Tally Tallied(JsonElement record) => new(record.GetProperty("wins").GetInt32(), record.GetProperty("losses").GetInt32(), record.GetProperty("draws").GetInt32());
}
