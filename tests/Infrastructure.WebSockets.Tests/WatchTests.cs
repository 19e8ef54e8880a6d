using System.Net.WebSockets;
using System.Text.Json;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What those who look on are told.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly AdapterUnderTest _adapter = new();

    public void Dispose() => _adapter.Dispose();

    [Fact]
    public async Task A_watcher_is_told_when_a_player_goes_away_and_comes_back()
    {
        var (ann, _, cy, game) = await Watched();

        await ann.Close(null);
        var away = await cy.Until("presence");
        await _adapter.Join("Ann", ann.View.Token);
        var back = await cy.Until("presence");

        Assert.Equal((game, 1, false), Presence(away));
        Assert.Equal((game, 1, true), Presence(back));
    }

    [Fact]
    public async Task A_player_who_watches_their_own_game_is_told_everything_once()
    {
        var (ann, bob, _, game) = await Watched();
        await ann.Ask(new { type = "watch", game });

        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await ann.Settle();

        Assert.Single(ann.Received, message => message.GetProperty("type").GetString() == "moved");
    }

    [Fact]
    public async Task A_second_tab_does_not_announce_a_return()
    {
        var (ann, bob, _, _) = await Watched();

        await _adapter.Join("Ann", ann.View.Token);
        await bob.Settle();

        Assert.DoesNotContain(bob.Received, message => message.GetProperty("type").GetString() == "presence");
    }

    [Fact]
    public async Task Who_left_and_what_has_ended_is_watched_no_more()
    {
        var (ann, _, cy, game) = await Watched();
        var watchers = _adapter.Get<IWatchers>();
        var di = await _adapter.Join("Di");
        await di.Ask(new { type = "watch", game });

        await cy.Close(WebSocketCloseStatus.NormalClosure);
        await _adapter.Pass(_adapter.Rules.GraceWithoutGame);
        var left = watchers.Of(new GameId(game));
        await ann.Ask(new { type = "quit", game });
        await di.Settle();

        Assert.Equal([UserName.From("Di")], left.AsEnumerable());
        Assert.NotNull(di.View.Games[game].Result);
        Assert.Empty(watchers.Of(new GameId(game)));
    }

    /// <summary>Bob, challenged by Ann, is to move; Cy looks on.</summary>
    private async Task<(Client Ann, Client Bob, Client Cy, string Game)> Watched()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        await ann.Ask(new { type = "challenge", opponent = "Bob" });
        await bob.Ask(new { type = "accept", opponent = "Ann" });
        await ann.Settle();
        var game = ann.View.Games.Keys.Single();
        await cy.Ask(new { type = "watch", game });
        return (ann, bob, cy, game);
    }

    private static (string?, int, bool) Presence(JsonElement message) =>
        (message.GetProperty("game").GetString(), message.GetProperty("player").GetInt32(), message.GetProperty("connected").GetBoolean());
}
