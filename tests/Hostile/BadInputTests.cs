using System.Text;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>What no honest client says, byte by byte: each has its one answer, and the game, the lobby and everybody else are as they were.</summary>
[Collection(nameof(Siege))]
public sealed class BadInputTests(Besieged besieged, ITestOutputHelper output)
{
    private readonly Uri _server = besieged.Server.Address;

    [Fact]
    public async Task B1_to_B6_What_is_no_message_is_answered_with_its_code_and_changes_nothing()
    {
        const int untilTooMany = 10;
        await using var bystanders = await besieged.Bystanders();
        using var duel = await Duel.Begin(_server);
        await duel.Play("44");
        var before = await duel.Now(_server);

        await bystanders.Endure(
            async () =>
            {
                foreach (var some in BadMessages.All.Select(row => row.Data).Chunk(untilTooMany))
                {
                    using var line = await BareLine.Upgrade(_server, Loopback.Next());
                    await line.Ask(new() { ["type"] = "new_connection", ["token"] = duel.AnnsToken });
                    foreach (var (text, code) in some)
                    {
                        await line.Send(ClientFrames.Frame(BareLine.TextFrame, Encoding.UTF8.GetBytes(text)));
                        var answer = await line.Until("error");
                        Assert.Equal(code, (string?)answer["code"]);
                        if (text.Length > 2) Assert.DoesNotContain(text, (string)answer["message"]!, StringComparison.Ordinal);
                    }
                    Assert.Equal("pong", (string?)(await line.Ask(new() { ["type"] = "ping" }))["type"]);
                }
            },
            output);

        Assert.Equal(before, await duel.Now(_server));
    }

    [Theory]
    [InlineData(-1, "bad_column")]
    [InlineData(0, "bad_column")]
    [InlineData(8, "bad_column")]
    [InlineData(255, "bad_column")]
    [InlineData(2_147_483_648, "bad_message")]
    [InlineData(1, "column_full")]
    public async Task B13_A_disc_in_no_column_or_a_full_one_is_refused(long column, string code)
    {
        using var duel = await Duel.Begin(_server);
        await duel.Play("111111");
        var before = await duel.Now(_server);

        Assert.Equal(code, (string?)(await duel.Move(duel.Bob, 6, column))["code"]);

        Assert.Equal(before, await duel.Now(_server));
    }

    [Fact]
    public async Task B14_Nobody_moves_out_of_turn_or_in_a_game_that_is_over_or_not_theirs()
    {
        using var duel = await Duel.Begin(_server);
        using var stranger = await BareLine.Upgrade(_server, Loopback.Next());
        await stranger.Join($"Stranger{duel.Game[..6]}".Replace('_', 'x').Replace('-', 'x'));
        await stranger.Ask(new() { ["type"] = "watch", ["game"] = duel.Game });
        var before = await duel.Now(_server);

        Assert.Equal("not_your_turn", (string?)(await duel.Move(duel.Ann, 0, 4))["code"]);
        Assert.Equal("not_a_player", (string?)(await duel.Move(stranger, 0, 4))["code"]);
        Assert.Equal("not_found", (string?)(await duel.Move(duel.Bob, 0, 4, "no-such-game"))["code"]);
        Assert.Equal(before.Replace("\"watchers\":1", "\"watchers\":0", StringComparison.Ordinal), (await duel.Now(_server)).Replace("\"watchers\":1", "\"watchers\":0", StringComparison.Ordinal));
        await duel.Play("1212121");
        var over = await duel.Now(_server);
        foreach (var player in (BareLine[])[duel.Ann, duel.Bob]) Assert.Equal("game_over", (string?)(await duel.Move(player, 7, 4))["code"]);

        Assert.Equal(over, await duel.Now(_server));
    }

    [Fact]
    public async Task B15_B16_The_same_move_again_has_its_first_answer_and_any_other_for_that_ply_is_stale()
    {
        using var duel = await Duel.Begin(_server);
        await duel.Play("44");
        var before = await duel.Now(_server);

        var again = await duel.Move(duel.Bob, 0, 4);
        Assert.Equal(("ok", true), ((string?)again["type"], (bool?)again["dup"]));
        foreach (var (ply, column) in ((int, int)[])[(0, 5), (4, 4), (41, 4)])
        {
            Assert.Equal("stale", (string?)(await duel.Move(duel.Bob, ply, column))["code"]);
            Assert.Equal("44", (string?)(await duel.Bob.Until("game"))["moves"]);
        }

        Assert.Equal(before, await duel.Now(_server));
    }

    [Fact]
    public async Task B18_A_challenge_that_cannot_be_and_an_answer_to_none_have_a_code_each()
    {
        using var duel = await Duel.Begin(_server);
        using var ann = await BareLine.Upgrade(_server, Loopback.Next());
        using var bob = await BareLine.Upgrade(_server, Loopback.Next());
        var players = Opponents(await duel.Now(_server));
        await ann.Join("EarlyAnn");
        await bob.Join("EarlyBob");

        Assert.Equal("cannot_challenge_yourself", await Code(ann, "challenge", "EarlyAnn"));
        Assert.Equal("unknown_user", await Code(ann, "challenge", "NobodyHere"));
        Assert.Equal("opponent_is_busy", await Code(ann, "challenge", players[0]));
        foreach (var answer in (string[])["accept", "decline", "cancel"]) Assert.Equal("no_such_invitation", await Code(bob, answer, "EarlyAnn"));
        Assert.Null(await Code(ann, "challenge", "EarlyBob"));
        Assert.Equal("you_are_busy", await Code(ann, "challenge", "EarlyBob"));
        Assert.Equal("no_such_invitation", await Code(ann, "accept", "EarlyBob")); // Only who was asked answers.
        Assert.Equal("no_such_invitation", await Code(duel.Ann, "accept", "EarlyAnn"));
        Assert.Null(await Code(bob, "decline", "EarlyAnn"));
        Assert.Equal("no_such_invitation", await Code(bob, "accept", "EarlyAnn"));
        Assert.Null(await Code(ann, "challenge", "EarlyBob"));
        Assert.Null(await Code(ann, "cancel", "EarlyBob"));
        Assert.Equal("no_such_invitation", await Code(bob, "accept", "EarlyAnn"));
    }

    [Fact]
    public async Task B18_B20_Whatever_two_say_at_once_they_end_with_the_same_games_and_never_with_two()
    {
        const int rounds = 30;
        string[][] races = [["challenge"], ["accept", "cancel"], ["decline", "cancel"], ["accept", "cancel", "cut"]];
        for (var round = 0; round < rounds; round++)
        {
            using var ann = await BareLine.Upgrade(_server, Loopback.Next());
            using var bob = await BareLine.Upgrade(_server, Loopback.Next());
            var (annsName, bobsName) = ($"RaceAnn{round}", $"RaceBob{round}");
            var (annsToken, bobsToken) = (await ann.Join(annsName), await bob.Join(bobsName));
            var race = races[round % races.Length];
            if (race[0] != "challenge") Assert.Null(await Code(ann, "challenge", bobsName));

            var annAsks = Code(ann, race is ["challenge"] ? "challenge" : "cancel", bobsName);
            if (race is [.., "cut"])
            {
                await bob.Say(new() { ["type"] = race[0], ["opponent"] = annsName });
                bob.Reset();
                await annAsks;
                await Condition.Holds(async () => !await IsHere(ann, bobsName)); // By then the server has read what Bob's line had said.
            }
            else await Code(bob, race[0], annsName);
            await annAsks;

            string[] annsGames = [], bobsGames = [];
            await Condition.Holds(async () =>
            {
                (annsGames, bobsGames) = (await Games(annsToken), await Games(bobsToken));
                return annsGames.SequenceEqual(bobsGames);
            });
            Assert.InRange(annsGames.Length, race is ["challenge"] ? 1 : 0, 1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("Abcdefghijklmnopqrstu")]
    [InlineData("An n")]
    [InlineData("Ann\r\nBob")]
    [InlineData("Ann\0")]
    [InlineData("\u202Enna")]
    [InlineData("A\u200Bnn")]
    [InlineData("Ann\u0301")]
    [InlineData("\u0410nn")]
    [InlineData("Ann😀")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("hasOwnProperty")]
    [InlineData("Admin")]
    [InlineData("SYSTEM")]
    [InlineData("<b>Ann</b>")]
    public async Task B21_What_is_no_name_is_refused_and_nobody_comes_under_it(string name)
    {
        using var line = await BareLine.Upgrade(_server, Loopback.Next());

        var answer = await line.Ask(new() { ["type"] = "new_connection", ["username"] = name });

        Assert.Equal("bad_name", (string?)answer["code"]);
        Assert.Equal("not_connected", (string?)(await line.Ask(new() { ["type"] = "find", ["prefix"] = "A" }))["code"]);
    }

    [Fact]
    public async Task B21_A_name_of_ten_megabytes_ends_the_connection_and_one_in_other_letters_is_taken()
    {
        using var ann = await BareLine.Upgrade(_server, Loopback.Next());
        using var long10 = await BareLine.Upgrade(_server, Loopback.Next());
        using var other = await BareLine.Upgrade(_server, Loopback.Next());
        await ann.Join("Annabel");

        var closed = long10.Closed();
        await long10.Send(ClientFrames.Frame(BareLine.TextFrame, Encoding.UTF8.GetBytes($$"""{"type":"new_connection","username":"{{new string('a', 10 << 20)}}"}""")));

        Assert.Contains(await closed, (int?[])[1009, null]);
        Assert.Equal("name_taken", (string?)(await other.Ask(new() { ["type"] = "new_connection", ["username"] = "aNNABEL" }))["code"]);
    }

    private static async Task<string?> Code(BareLine line, string type, string opponent) => (string?)(await line.Ask(new() { ["type"] = type, ["opponent"] = opponent }))["code"];

    /// <summary>Whether somebody is listed, as whoever has a connection is.</summary>
    private static async Task<bool> IsHere(BareLine line, string name) => (await line.Ask(new() { ["type"] = "find", ["prefix"] = name }))["users"]!.AsArray().Any(user => (string?)user!["name"] == name);

    private static string[] Opponents(string game) => [.. JsonNode.Parse(game)!["players"]!.AsArray().Select(player => (string)player!["name"]!)];

    /// <summary>The games that somebody is in who comes now.</summary>
    private async Task<string[]> Games(string token)
    {
        using var line = await BareLine.Upgrade(_server, Loopback.Next());
        var games = new List<string>();
        void Hear(JsonObject message)
        {
            if ((string?)message["type"] == "game") games.Add((string)message["game"]!);
        }
        Assert.Equal("welcome", (string?)(await line.Ask(new() { ["type"] = "new_connection", ["token"] = token }, Hear))["type"]);
        await line.Ask(new() { ["type"] = "ping" }, Hear);
        return [.. games.Order(StringComparer.Ordinal)];
    }
}
