using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>The server stands still, as when its machine is suspended or has no time for it.</summary>
public sealed class HaltTests
{
    /// <summary>Longer than the clock, the grace and the patience together.</summary>
    private static readonly TimeSpan Halt = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task F27_Nobody_has_lost_by_clock_or_by_absence_when_the_server_stood_still_for_twenty_seconds()
    {
        await using var server = await ServerProcess.Published(
            "--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Lobby:Grace", "00:00:05", "--ConnectFour:Lobby:GraceAfterLeaving", "00:00:05", "--ConnectFour:Lobby:Patience", "00:00:05");
        using var ann = await BareLine.Upgrade(server.Address);
        using var bob = await BareLine.Upgrade(server.Address);
        using var cut = await BareLine.Upgrade(server.Address);
        using var dan = await BareLine.Upgrade(server.Address);
        await ann.Join("Ann");
        await bob.Join("Bob");
        var token = await cut.Join("Cut");
        await dan.Join("Dan");
        var clocked = await Begin(ann, "Ann", bob, "Bob", new JsonObject { ["initial"] = 10, ["increment"] = 0 });
        var absent = await Begin(cut, "Cut", dan, "Dan", null);
        await bob.Ask(Move(clocked, 0, 4));
        await ann.Ask(Move(clocked, 1, 4)); // Bob's clock runs.
        cut.Reset();
        Assert.False((bool)(await dan.Until("presence"))["connected"]!);

        await server.Signal("STOP");
        await Task.Delay(Halt, TimeProvider.System);
        await server.Signal("CONT");

        Assert.Equal("ok", (string?)(await bob.Ask(Move(clocked, 2, 4)))["type"]);
        Assert.Equal("opponent_may_return", (string?)(await dan.Ask(new() { ["type"] = "claim", ["game"] = absent }))["code"]);
        using var again = await BareLine.Upgrade(server.Address);
        await again.Ask(new() { ["type"] = "new_connection", ["token"] = token });
        Assert.Null((await again.Until("game"))["result"]);
    }

    /// <summary>The challenged starts.</summary>
    private static async Task<string> Begin(BareLine challenger, string name, BareLine challenged, string other, JsonObject? clock)
    {
        await challenger.Ask(new() { ["type"] = "challenge", ["opponent"] = other, ["clock"] = clock });
        await challenged.Ask(new() { ["type"] = "accept", ["opponent"] = name });
        return (string)(await challenger.Until("game"))["game"]!;
    }

    private static JsonObject Move(string game, int ply, int column) => new() { ["type"] = "move", ["game"] = game, ["ply"] = ply, ["column"] = column };
}
