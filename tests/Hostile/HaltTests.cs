using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>The server stands still, as when its machine is suspended or has no time for it.</summary>
public sealed class HaltTests
{
    /// <summary>Longer than the clock, the grace and the patience together.</summary>
    private static readonly TimeSpan Halt = TimeSpan.FromSeconds(20);

    /// <summary>42 of them are longer than that.</summary>
    private static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(500);

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

    [Fact]
    public async Task F28_A_game_is_played_to_its_end_and_nobody_is_taken_for_absent_while_others_take_the_whole_processor()
    {
        await using var server = await ServerProcess.Published(
            "--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Lobby:Grace", "00:00:05", "--ConnectFour:Lobby:Patience", "00:00:00", "--ConnectFour:Limits:Ping", "00:00:01", "--ConnectFour:Limits:Pong", "00:00:05");
        using var ann = await BareLine.Upgrade(server.Address);
        using var bob = await BareLine.Upgrade(server.Address);
        await ann.Join("Ann");
        await bob.Join("Bob");
        var game = await Begin(ann, "Ann", bob, "Bob", null);
        var (script, absences) = (Draws.From(1).ToString(), 0);
        var others = Enumerable.Range(0, 4).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"])).ToArray();
        try
        {
            for (var ply = 0; ply < script.Length; ply++)
            {
                var answer = await (ply % 2 == 0 ? bob : ann).Ask(Move(game, ply, script[ply] - '0'), Hear);
                Assert.Equal("ok", (string?)answer["type"]);
                await Task.Delay(Thought, TimeProvider.System);
            }
        }
        finally
        {
            foreach (var other in others)
            {
                other.Kill();
                other.Dispose();
            }
        }

        Assert.Equal("full", (string?)(await bob.Until("game_over"))["reason"]);
        Assert.Equal(0, absences);

        void Hear(JsonObject message) => absences += (string?)message["type"] == "presence" ? 1 : 0;
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
