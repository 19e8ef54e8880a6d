using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>Rated games over real sockets, and where ratings are shown.</summary>
public abstract class RatingTests(Home home) : OnEachDatabase(home)
{
    private static JsonNode Clock => new JsonObject { ["initial"] = 180, ["increment"] = 2 };

    [Fact]
    public async Task A_game_between_accounts_with_a_clock_is_rated_and_shown_everywhere()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");

        var game = await Match.Begin(ann.Bot, bob.Bot, Clock);
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);

        Assert.True((bool)ann.Bot.Whole!["rated"]!);
        var board = await Json(ann, "/api/leaderboard");
        Assert.Equal(["Ann", "Bob"], board.GetProperty("players").EnumerateArray().Select(player => player.GetProperty("name").GetString()));
        Assert.All(board.GetProperty("players").EnumerateArray(), player => Assert.True(player.GetProperty("provisional").GetBoolean()));
        var rating = (await Json(bob, "/api/users/Bob")).GetProperty("rating");
        Assert.Equal((2, 1), (rating.GetProperty("rank").GetInt32(), rating.GetProperty("games").GetInt32()));
        var course = (await Json(bob, "/api/users/Bob/ratings")).GetProperty("ratings");
        Assert.Equal((1, game), (course.GetArrayLength(), course[0].GetProperty("game").GetString()));
        Assert.Equal(rating.GetProperty("value").GetDouble(), course[0].GetProperty("rating").GetDouble());
        Assert.True((await Json(ann, $"/api/games/{game}")).GetProperty("rated").GetBoolean());
        var users = (await ann.Bot.Ask(new() { ["type"] = "find", ["prefix"] = "A" }))["users"]!;
        Assert.Equal(Math.Round(board.GetProperty("players")[0].GetProperty("rating").GetDouble()), (double)users[0]!["rating"]!);
        Assert.True((bool)users[0]!["provisional"]!);
    }

    [Theory]
    [InlineData(true, true, "4")]
    [InlineData(true, false, Match.FirstWins)]
    [InlineData(false, true, Match.FirstWins)]
    public async Task No_other_game_is_rated(bool withClock, bool againstAccount, string moves)
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = againstAccount ? await Member.Join(server, "Bob") : new Member(new Visitor(server), new Bot("Bob"));
        if (!againstAccount) await bob.Bot.Join(server.Address);

        await Match.Begin(ann.Bot, bob.Bot, withClock ? Clock : null);
        await Match.Finish(ann.Bot, bob.Bot, moves);

        Assert.Empty((await Json(ann, "/api/leaderboard")).GetProperty("players").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await Json(ann, "/api/users/Ann")).GetProperty("rating").ValueKind);
        Assert.Empty((await Json(ann, "/api/users/Ann/ratings")).GetProperty("ratings").EnumerateArray());
    }

    [Fact]
    public async Task Won_lost_and_drawn_games_are_listed_each_for_themselves()
    {
        await using var server = await Home.Start(Match.Unhurried);
        using var ann = await Member.Join(server, "Ann");
        using var bob = await Member.Join(server, "Bob");
        var won = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Finish(ann.Bot, bob.Bot, Match.FirstWins);
        var lost = await Match.Begin(ann.Bot, bob.Bot);
        await Match.Finish(ann.Bot, bob.Bot, Match.SecondWins);
        await Match.Begin(ann.Bot, bob.Bot);

        Assert.Equal([won], await Games(ann, "won"));
        Assert.Equal([lost], await Games(ann, "lost"));
        Assert.Empty(await Games(ann, "drawn"));
        Assert.Equal(400, (int)(await ann.Visitor.Get("/api/users/Ann/games?result=resigned")).StatusCode);
        Assert.Equal(404, (int)(await ann.Visitor.Get("/api/users/Nobody/ratings")).StatusCode);
    }

    private static async Task<IEnumerable<string?>> Games(Member member, string result) =>
        (await Json(member, $"/api/users/Ann/games?result={result}")).GetProperty("games").EnumerateArray().Select(game => game.GetProperty("game").GetString());

    private static async Task<JsonElement> Json(Member member, string path) => await Visitor.Json(await member.Visitor.Get(path));
}
