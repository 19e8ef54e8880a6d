using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Who is told what, and who is not.</summary>
public sealed class AudienceTests : IDisposable
{
    private readonly AdapterUnderTest _adapter = new();

    public void Dispose() => _adapter.Dispose();

    [Fact]
    public async Task An_absent_player_is_absent_in_a_whole_game_as_well_and_after_its_end_nobody_is()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        var game = await Start(ann, bob);
        await bob.Close(null);
        await _adapter.Pass(TimeSpan.FromSeconds(20));

        await cy.Ask(new { type = "watch", game });
        var during = await cy.Next();
        await ann.Ask(new { type = "quit", game });
        await cy.Ask(new { type = "ping", games = new[] { new { game, version = 0 } } });
        var after = await cy.Until("game");

        Assert.Equal("""[{"name":"Bob","colour":"red","connected":false,"claimableIn":40000,"forfeitsIn":40000},{"name":"Ann","colour":"yellow","connected":true,"claimableIn":null,"forfeitsIn":null}]""", during.GetProperty("players").GetRawText());
        Assert.All(after.GetProperty("players").EnumerateArray(), player => Assert.True(player.GetProperty("connected").GetBoolean()));
    }

    [Fact]
    public async Task Somebody_else_s_invitation_game_and_search_are_not_told_to_anybody()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        await cy.Settle();
        var before = cy.Received.Count;

        var game = await Start(ann, bob);
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await ann.Ask(new { type = "find", prefix = "b" });
        await ann.Close(null);
        await cy.Settle();

        Assert.Equal(["pong"], cy.Received.Skip(before).Select(Type));
    }

    /// <summary>A game in which Bob, the challenged, starts.</summary>
    private static async Task<string> Start(Client ann, Client bob)
    {
        await ann.Ask(new { type = "challenge", opponent = "Bob", clock = (object?)null });
        await bob.Ask(new { type = "accept", opponent = "Ann" });
        await ann.Settle();
        return ann.View.Games.Keys.Last();
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();
}
