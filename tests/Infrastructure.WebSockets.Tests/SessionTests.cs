using System.Net.WebSockets;
using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What one connection is told.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly AdapterUnderTest _adapter = new();

    public void Dispose() => _adapter.Dispose();

    [Fact]
    public async Task Nothing_is_answered_before_new_connection_but_that_it_is_missing()
    {
        var client = _adapter.Open();

        var early = await client.Ask(new { type = "find", prefix = "a" });
        var hello = await client.Ask(new { type = "new_connection", username = "Ann" });
        var again = await client.Ask(new { type = "new_connection", username = "Ann" });

        Assert.Equal("not_connected", Code(early));
        Assert.Equal("welcome", Type(hello));
        Assert.Equal("already_connected", Code(again));
    }

    [Fact]
    public async Task A_refused_name_leaves_the_connection_free_to_try_another()
    {
        await _adapter.Join("Ann");
        var client = _adapter.Open();

        var taken = await client.Ask(new { type = "new_connection", username = "ANN" });
        var bad = await client.Ask(new { type = "new_connection", username = "<script>" });
        var good = await client.Ask(new { type = "new_connection", username = "Bob" });

        Assert.Equal(("name_taken", "bad_name", "welcome"), (Code(taken), Code(bad), Type(good)));
    }

    [Fact]
    public async Task A_wrong_token_does_not_open_somebody_s_seat()
    {
        var ann = await _adapter.Join("Ann");
        var thief = _adapter.Open();

        var answer = await thief.Ask(new { type = "new_connection", token = ann.View.Token[..^1] + (ann.View.Token[^1] == 'A' ? 'B' : 'A') });

        Assert.Equal("name_taken", Code(answer));
    }

    [Fact]
    public async Task The_welcome_comes_first_then_the_list_the_invitation_and_the_games()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        await Start(ann, bob);
        await ann.Ask(new { type = "open", more = true });
        await cy.Ask(new { type = "challenge", opponent = "Ann" });

        var tab = await _adapter.Join("Ann", ann.View.Token);
        await tab.Settle();

        Assert.Equal(["welcome", "user_list", "preferences", "invitation", "game", "pong"], tab.Received.Select(Type));
        Assert.Equal("received", tab.Received[3].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_happens_while_a_connection_is_being_welcomed_comes_right_after_the_welcome()
    {
        var client = _adapter.Open();
        await Condition.Holds(() => _adapter.Get<Sessions>().All.Count == 1);

        _adapter.Get<Sessions>().All.Single().Send("""{"type":"early"}"""u8.ToArray());
        await client.Ask(new { type = "new_connection", username = "Ann" });
        await client.Settle();

        Assert.Equal(["welcome", "user_list", "preferences", "early", "pong"], client.Received.Select(Type));
    }

    [Fact]
    public async Task All_tabs_of_a_user_get_everything_and_closing_one_is_not_leaving()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        var tab = await _adapter.Join("Ann", ann.View.Token);
        var game = await Start(ann, bob);

        await ann.Close(WebSocketCloseStatus.NormalClosure);
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await bob.Settle();
        await tab.Settle();

        Assert.Equal("4", tab.View.Games[game].Moves);
        Assert.DoesNotContain(bob.Received, message => Type(message) == "presence");
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure, 15_000)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable, 15_000)]
    [InlineData(WebSocketCloseStatus.Empty, 15_000)]
    [InlineData(null, 60_000)]
    public async Task The_opponent_is_told_how_long_an_absent_player_has_and_when_they_are_back(WebSocketCloseStatus? code, int forfeitsIn)
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        await Start(ann, bob);

        await ann.Close(code);
        var away = await bob.Until("presence");
        await _adapter.Join("Ann", ann.View.Token);
        var back = await bob.Until("presence");

        Assert.Equal((false, forfeitsIn), (away.GetProperty("connected").GetBoolean(), away.GetProperty("forfeitsIn").GetInt32()));
        Assert.Equal((true, JsonValueKind.Null), (back.GetProperty("connected").GetBoolean(), back.GetProperty("forfeitsIn").ValueKind));
    }

    [Fact]
    public async Task A_stale_move_is_answered_with_the_whole_game()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        var game = await Start(ann, bob);
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });

        var stale = await bob.Ask(new { type = "move", game, ply = 0, column = 5 });
        var whole = await bob.Next();
        var same = await bob.Ask(new { type = "move", game, ply = 0, column = 4 });

        Assert.Equal("stale", Code(stale));
        Assert.Equal(("game", "4"), (Type(whole), whole.GetProperty("moves").GetString()));
        Assert.Equal((true, 2), (same.GetProperty("dup").GetBoolean(), same.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Ok_comes_after_what_it_confirms()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        var game = await Start(ann, bob);

        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });

        Assert.Equal(["moved", "ok"], bob.Received.TakeLast(2).Select(Type));
    }

    [Fact]
    public async Task A_watcher_sees_the_game_move_by_move_until_they_look_away()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        var game = await Start(ann, bob);

        await cy.Ask(new { type = "watch", game });
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await cy.Settle();
        var seen = cy.View.Games[game].Moves;
        await cy.Ask(new { type = "unwatch", game });
        await ann.Ask(new { type = "move", game, ply = 1, column = 4 });
        await cy.Settle();

        Assert.Equal("4", seen);
        Assert.Equal("4", cy.View.Games[game].Moves);
    }

    [Fact]
    public async Task A_ping_heals_what_was_missed()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        var game = await Start(ann, bob);
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });

        var pong = await ann.Ask(new { type = "ping", games = new object[] { new { game, version = 1 }, new { game = "unknown", version = 3 } } });
        var whole = await ann.Next();

        Assert.Equal($"[\"{game}\"]", pong.GetProperty("games").ToString());
        Assert.Equal("[\"unknown\"]", pong.GetProperty("unknown").ToString());
        Assert.Equal(("game", 2), (Type(whole), whole.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_fast_clock_runs_out_and_both_are_told_with_the_times_that_were_left()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        var game = await Start(ann, bob, new { initial = 10, increment = 1 });
        await _adapter.Pass(TimeSpan.FromSeconds(4));
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await bob.Settle();
        var moved = bob.Received.Last(message => Type(message) == "moved");

        await _adapter.Pass(TimeSpan.FromSeconds(10));
        var over = await ann.Until("game_over");

        Assert.Equal("[7000,10000]", moved.GetProperty("remaining").ToString());
        Assert.Equal((0, "flag"), (over.GetProperty("winner").GetInt32(), over.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task An_invitation_that_nobody_answers_expires_for_both()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        await ann.Ask(new { type = "challenge", opponent = "Bob" });

        await _adapter.Pass(TimeSpan.FromSeconds(30));
        await ann.Settle();
        await bob.Settle();

        Assert.Equal(["Ann>Bob expired"], ann.View.Ended);
        Assert.Equal(["Ann>Bob expired"], bob.View.Ended);
    }

    /// <summary>A game in which Bob, the challenged, starts.</summary>
    private static async Task<string> Start(Client ann, Client bob, object? clock = null)
    {
        await ann.Ask(new { type = "challenge", opponent = bob.View.Name, clock });
        await bob.Ask(new { type = "accept", opponent = ann.View.Name });
        await ann.Settle();
        return ann.View.Games.Keys.Last();
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();

    private static string? Code(JsonElement message) => message.TryGetProperty("code", out var code) ? code.GetString() : null;
}
