using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>Who stays away too long, in real time and with the rules as they are by default: it takes a minute.</summary>
public sealed class AbsenceTests
{
    /// <summary>How long the seat of who has lost their line is safe, and how long before its end nobody may have it yet.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60), Before = TimeSpan.FromSeconds(55);

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task F18_Who_comes_back_after_the_grace_is_shown_the_game_that_they_have_lost_and_cannot_move_in_it()
    {
        await using var server = await ServerProcess.Published("--ConnectFour:Bots:Enabled", "false");
        using var duel = await Duel.Begin(server.Address);
        await duel.Play("43");

        duel.Bob.Reset(); // It is his turn.
        Assert.InRange((int)(await duel.Ann.Until("presence"))["claimableIn"]!, Grace.TotalMilliseconds - 1_000, Grace.TotalMilliseconds);
        var cut = TimeProvider.System.GetTimestamp();
        await Wait(Before);
        Assert.Equal("opponent_may_return", (string?)(await Claim())["code"]);
        await Wait(Grace);
        while ((string?)(await Claim())["type"] != "ok") await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System); // Time in which the server stood still does not count.
        await Wait(Away);
        using var bob = await BareLine.Upgrade(server.Address, Loopback.Next());
        await bob.Ask(new() { ["type"] = "new_connection", ["token"] = duel.BobsToken });
        await bob.Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = duel.Game, ["version"] = 3 }) });

        var whole = await bob.Until("game");
        Assert.Equal((duel.Game, "43"), ((string?)whole["game"], (string?)whole["moves"]));
        Assert.Equal((1, "absence"), ((int)whole["result"]!["winner"]!, (string?)whole["result"]!["reason"]));
        Assert.Equal("game_over", (string?)(await duel.Move(bob, 2, 4))["code"]);

        Task<JsonObject> Claim() => duel.Ann.Ask(new() { ["type"] = "claim", ["game"] = duel.Game });

        // Meanwhile Ann answers the server's pings.
        async Task Wait(TimeSpan until)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (TimeProvider.System.GetElapsedTime(cut) < until)
            {
                await duel.Ann.Ask(new() { ["type"] = "ping" });
                await tick.WaitForNextTickAsync();
            }
        }
    }
}
