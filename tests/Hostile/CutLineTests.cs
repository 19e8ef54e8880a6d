using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>Lines that fail in the middle of a game, between a real client and the real server.</summary>
public sealed class CutLineTests(ITestOutputHelper output)
{
    /// <summary>What it may take to free a line that is dead, with a ping every 15 s and 10 s for the pong, and to tell the opponent.</summary>
    private static readonly TimeSpan Freeing = TimeSpan.FromSeconds(26), Telling = TimeSpan.FromSeconds(30);

    private static readonly string[] QuickPings =
    [
        "--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Limits:Ping", "00:00:01", "--ConnectFour:Limits:Pong", "00:00:05",
    ];

    [Fact]
    public async Task F15_A_line_that_is_dead_at_one_end_is_freed_and_the_opponent_is_told()
    {
        var gauges = new Gauges();
        await using var server = await ServerProcess.Published(["--ConnectFour:Bots:Enabled", "false", .. gauges.Setting]);
        await using var network = FaultProxy.Before(server.Address);
        using var ann = await BareLine.Upgrade(network.Address);
        using var bob = await BareLine.Upgrade(server.Address);
        await Begin(ann, bob);

        network.Fail(Fault.BlackHole);
        var cut = TimeProvider.System.GetTimestamp();
        var (freeing, telling) = (Freed(), bob.Until("presence"));
        var presence = await telling;
        var told = TimeProvider.System.GetElapsedTime(cut);
        var freed = await freeing;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"freed after {freed.TotalSeconds:0.0} s, told after {told.TotalSeconds:0.0} s"));
        Assert.Equal(((int?)1, false), ((int?)presence["player"], (bool)presence["connected"]!));
        Assert.InRange((int)presence["claimableIn"]!, 59_000, 60_000);
        Assert.True(freed < Freeing, $"It took {freed}.");
        Assert.True(told < Telling, $"It took {told}.");

        async Task<TimeSpan> Freed()
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await gauges.Read("connectfour_connections") > 1) await tick.WaitForNextTickAsync();
            return TimeProvider.System.GetElapsedTime(cut);
        }
    }

    [Fact]
    public async Task F17_Who_comes_back_after_a_cut_has_the_seat_and_the_whole_game()
    {
        await using var server = await ServerProcess.Published("--ConnectFour:Bots:Enabled", "false");
        await using var network = FaultProxy.Before(server.Address);
        using var ann = await BareLine.Upgrade(network.Address);
        using var bob = await BareLine.Upgrade(server.Address);
        var (token, game) = await Begin(ann, bob);
        await bob.Ask(Move(game, 0, 4));
        await ann.Ask(Move(game, 1, 3));
        await bob.Until("moved");

        network.Reset();
        Assert.Null(await ann.Closed());
        Assert.False((bool)(await bob.Until("presence"))["connected"]!);
        await bob.Ask(Move(game, 2, 4)); // Play goes on meanwhile.
        using var again = await BareLine.Upgrade(network.Address);
        await again.Ask(new() { ["type"] = "new_connection", ["token"] = token });

        var whole = await again.Until("game");
        Assert.Equal((game, "434"), ((string?)whole["game"], (string?)whole["moves"]));
        Assert.True((bool)(await bob.Until("presence"))["connected"]!);
        Assert.Equal("ok", (string?)(await again.Ask(Move(game, 3, 3)))["type"]);
    }

    [Fact]
    public async Task F17_A_line_that_stands_still_for_a_moment_loses_nothing()
    {
        await using var server = await ServerProcess.Published("--ConnectFour:Bots:Enabled", "false");
        await using var network = FaultProxy.Before(server.Address);
        var far = new Fault.Delay(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        network.Fail(far);
        using var ann = await BareLine.Upgrade(network.Address);
        using var bob = await BareLine.Upgrade(server.Address);
        var (_, game) = await Begin(ann, bob);

        network.Fail(Fault.Stall);
        await bob.Ask(Move(game, 0, 4));
        var move = ann.Ask(Move(game, 1, 4));
        Assert.Equal("pong", (string?)(await bob.Ask(new() { ["type"] = "ping" }))["type"]);
        Assert.False(move.IsCompleted);
        network.Fail(far);

        Assert.Equal("ok", (string?)(await move)["type"]);
    }

    [Fact]
    public async Task F19_A_game_that_both_have_left_ends_once_and_nothing_of_it_stays()
    {
        var gauges = new Gauges();
        await using var server = await ServerProcess.Published(
        [
            .. QuickPings, .. gauges.Setting, "--ConnectFour:Lobby:Grace", "00:00:01", "--ConnectFour:Lobby:Patience", "00:00:01", "--ConnectFour:Lobby:GraceWithoutGame", "00:00:01",
        ]);
        await using var network = FaultProxy.Before(server.Address);
        using var ann = await BareLine.Upgrade(network.Address);
        using var bob = await BareLine.Upgrade(network.Address);
        await Begin(ann, bob);
        Assert.Equal(1, await gauges.Read("connectfour_games_active"));

        network.Fail(Fault.BlackHole);

        await Condition.Holds(async () => await gauges.Read("connectfour_games_active") == 0);
        await Condition.Holds(async () => await gauges.Read("connectfour_connections") == 0 && await gauges.Read("connectfour_users_online") == 0);
        Assert.Equal((1, 1), (await gauges.Read("connectfour_games_finished_total", "reason=\"absence\""), await gauges.Read("connectfour_games_finished_total")));
        Assert.Equal(0, await server.Stop());
    }

    /// <summary>Bob starts; Ann's token, and the game.</summary>
    private static async Task<(string Token, string Game)> Begin(BareLine ann, BareLine bob)
    {
        var token = await ann.Join("Ann");
        await bob.Join("Bob");
        await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = "Bob", ["clock"] = null });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = "Ann" });
        return (token, (string)(await ann.Until("game"))["game"]!);
    }

    private static JsonObject Move(string game, int ply, int column) => new() { ["type"] = "move", ["game"] = game, ["ply"] = ply, ["column"] = column };
}
