using System.Net;
using System.Text.Json;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web.Truth;

namespace ConnectFour.Web.Tests;

/// <summary>What perfect play says of finished games and of positions, and to whom it says nothing.</summary>
public sealed class TruthTests
{
    /// <summary>Eight discs, nobody has won.</summary>
    private const string Eight = "44443355";

    [Fact]
    public async Task A_finished_game_has_a_report_which_is_kept()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var visitor = new Visitor(server);
        var (ann, bob, game) = await Begin(server);
        var running = await visitor.Get($"/api/games/{game}/report");
        await Match.Finish(ann, bob, Match.FirstWins);

        var report = await Visitor.Json(await visitor.Get($"/api/games/{game}/report"));
        var kept = await server.Get<Reports>().Find(new GameId(game));
        var again = await Visitor.Json(await visitor.Get($"/api/games/{game}/report"));

        Assert.Equal(HttpStatusCode.Conflict, running.StatusCode);
        Assert.Equal(Match.FirstWins, string.Concat(report.GetProperty("moves").EnumerateArray().Select(move => move.GetProperty("column").GetInt32())));
        Assert.Equal([-2, -1, 0, 1, 0, -1, -2], report.GetProperty("moves")[0].GetProperty("scores").EnumerateArray().Select(score => score.GetInt32()));
        Assert.Equal("win_to_loss", report.GetProperty("moves")[0].GetProperty("mistake").GetString());
        Assert.Equal(18, report.GetProperty("moves")[6].GetProperty("after").GetInt32());
        Assert.NotNull(kept);
        Assert.Equal(report.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task There_is_no_report_of_no_game()
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/api/games/nothing/report")).StatusCode);
    }

    [Theory]
    [InlineData("easy", 2, 3)]
    [InlineData("medium", 4, 7)]
    [InlineData("hard", 8, 12)]
    public async Task A_puzzle_is_as_difficult_as_was_asked_and_one_column_solves_it(string difficulty, int least, int most)
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        var puzzle = await Visitor.Json(await visitor.Get($"/api/puzzles?difficulty={difficulty}"));
        var answers = new List<JsonElement>();
        for (var column = 1; column <= 7; column++)
            answers.Add(await Visitor.Json(await visitor.Post($"/api/puzzles/{puzzle.GetProperty("id").GetInt32()}", new { column })));

        Assert.Equal(difficulty, puzzle.GetProperty("difficulty").GetString());
        Assert.InRange(puzzle.GetProperty("winsIn").GetInt32(), least, most);
        Assert.False(Notation.From(puzzle.GetProperty("moves").GetString()!).IsFinished);
        Assert.Single(answers, answer => answer.GetProperty("right").GetBoolean());
        Assert.Single(answers.Select(answer => answer.GetProperty("column").GetInt32()).Distinct());
    }

    [Fact]
    public async Task What_is_no_puzzle_and_no_answer_to_one_is_said_so()
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/api/puzzles?difficulty=fiendish")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Post("/api/puzzles/0", new { column = 8 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/api/puzzles/100000", new { column = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/api/puzzles/-1", new { column = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/api/puzzles/99999999999", new { column = 1 })).StatusCode);
    }

    [Fact]
    public async Task A_position_s_columns_have_their_scores_and_a_full_one_has_none()
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        var analysis = await Visitor.Json(await visitor.Get("/api/analysis?moves=44444427"));

        Assert.True(analysis.GetProperty("known").GetBoolean());
        Assert.Equal(JsonValueKind.Null, analysis.GetProperty("scores")[3].ValueKind);
        Assert.Equal(16, analysis.GetProperty("score").GetInt32());
    }

    [Theory]
    [InlineData("8")]
    [InlineData("4444444")]
    [InlineData("12121212")]
    public async Task Moves_that_make_no_game_are_refused(string moves)
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        var answer = await visitor.Get($"/api/analysis?moves={moves}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("bad_moves", (await Visitor.Json(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_is_told_of_a_position_that_somebody_plays_nor_of_what_may_come_of_it()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var visitor = new Visitor(server);
        var (ann, bob, _) = await Begin(server);
        await Match.Play(ann, bob, Eight);

        foreach (var moves in (string[])[Eight, $"{Eight}1", "33445544", Mirror(Eight), $"{Eight}117711"])
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get($"/api/analysis?moves={moves}")).StatusCode);
        foreach (var moves in (string[])[Eight[..7], "44443356"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/api/analysis?moves={moves}")).StatusCode);

        await Match.Quit(ann);
        await bob.UntilOver();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/api/analysis?moves={Eight}")).StatusCode);
    }

    [Fact]
    public async Task A_copy_of_a_running_game_that_was_given_up_has_no_report_before_the_other_has_ended()
    {
        await using var server = await RunningServer.Start(Match.Unhurried);
        using var visitor = new Visitor(server);
        var (ann, bob, _) = await Begin(server);
        await Match.Play(ann, bob, Eight);
        var (cid, dan, copy) = await Begin(server, "Cid", "Dan");
        await Match.Play(cid, dan, $"{Eight}1");
        await Match.Quit(cid);
        await dan.UntilOver();

        var during = await visitor.Get($"/api/games/{copy}/report");
        await Match.Quit(ann);
        await bob.UntilOver();
        var after = await visitor.Get($"/api/games/{copy}/report");

        Assert.Equal((HttpStatusCode.Forbidden, "position_in_play"), (during.StatusCode, (await Visitor.Json(during)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_player_is_told_nothing_of_a_game_of_theirs_however_early()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Member.Join(server, "Ann", null);
        using var bob = await Member.Join(server, "Bob", null);
        await Match.Begin(ann.Bot, bob.Bot);
        await Match.Play(ann.Bot, bob.Bot, "44");
        using var stranger = new Visitor(server);

        Assert.Equal(HttpStatusCode.Forbidden, (await ann.Visitor.Get("/api/analysis?moves=44")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.Visitor.Get("/api/analysis?moves=443")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get("/api/analysis?moves=44")).StatusCode);
    }

    [Fact]
    public async Task A_game_that_ran_before_a_restart_is_still_nobody_else_s_business()
    {
        using var folder = new TemporaryFolder();
        string[] settings = ["--ConnectFour:DataDirectory", folder.Path, .. Match.Unhurried];
        await using (var before = await RunningServer.Start(settings))
        {
            var (ann, bob, _) = await Begin(before);
            await Match.Play(ann, bob, Eight);
        }

        await using var after = await RunningServer.Start(settings);
        using var visitor = new Visitor(after);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get($"/api/analysis?moves={Eight}")).StatusCode);
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_is_sent_away()
    {
        using var desk = new Desk(new EngineSettings { Questions = 1, Waiting = 1 });
        using var holds = new ManualResetEventSlim();
        var first = desk.Ask(IPAddress.Loopback, () => { holds.Wait(); return "first"; }, CancellationToken.None);
        var second = desk.Ask(IPAddress.Loopback, () => "second", CancellationToken.None);

        var third = await desk.Ask(IPAddress.Loopback, () => "third", CancellationToken.None);
        holds.Set();

        Assert.Null(third);
        Assert.Equal(["first", "second"], await Task.WhenAll(first, second));
        Assert.Equal("again", await desk.Ask(IPAddress.Loopback, () => "again", CancellationToken.None));
    }

    [Fact]
    public async Task One_address_does_not_take_all_the_places_in_line()
    {
        using var desk = new Desk(new EngineSettings { Questions = 1, Waiting = 10, PerAddress = 2 });
        using var holds = new ManualResetEventSlim();
        Task<string?>[] asked =
        [
            desk.Ask(IPAddress.Loopback, () => { holds.Wait(); return "first"; }, CancellationToken.None), desk.Ask(IPAddress.Loopback, () => "second", CancellationToken.None),
            desk.Ask(IPAddress.Loopback, () => "third", CancellationToken.None), desk.Ask(IPAddress.Parse("192.0.2.1"), () => "other", CancellationToken.None),
        ];

        holds.Set();

        Assert.Equal(["first", "second", null, "other"], await Task.WhenAll(asked));
    }

    private static string Mirror(string moves) => string.Concat(moves.Select(column => 8 - (column - '0')));

    private static async Task<(Bot Ann, Bot Bob, string Game)> Begin(RunningServer server, string first = "Ann", string second = "Bob")
    {
        var (ann, bob) = (new Bot(first), new Bot(second));
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        return (ann, bob, await Match.Begin(ann, bob));
    }
}
