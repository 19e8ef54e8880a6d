using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Who is told what about pairing, links, blocks, reactions and watchers.</summary>
public sealed class CompanyTests : IDisposable
{
    private readonly AdapterUnderTest _adapter = new();

    public void Dispose() => _adapter.Dispose();

    [Fact]
    public async Task A_later_tab_is_told_what_its_user_waits_for_and_offers()
    {
        var ann = await _adapter.Join("Ann");
        await ann.Ask(new { type = "seek", clocks = new object?[] { null } });
        await ann.Ask(new { type = "link", clock = (object?)null, swap = true });
        await _adapter.Pass(TimeSpan.FromSeconds(3));

        var tab = await _adapter.Join("Ann", ann.View.Token);
        var (seek, link) = (await tab.Until("seek"), await tab.Until("link"));

        Assert.Equal(("waiting", 3_000), (Text(seek, "status"), seek.GetProperty("waited").GetInt32()));
        Assert.Equal(("open", true, 3_597_000), (Text(link, "status"), link.GetProperty("swap").GetBoolean(), link.GetProperty("expiresIn").GetInt32()));
    }

    [Fact]
    public async Task Who_is_blocked_hears_that_they_were_declined_and_who_blocks_hears_nothing()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        await bob.Ask(new { type = "block", name = "Ann" });

        var answer = await ann.Ask(new { type = "challenge", opponent = "Bob" });
        await bob.Settle();
        await _adapter.Tick();

        Assert.Equal("ok", Text(answer, "type"));
        Assert.Equal(["sent", "declined"], ann.Received.Where(Is("invitation")).Select(message => Text(message, "status")));
        Assert.DoesNotContain(bob.Received, message => Is("invitation")(message));
        Assert.DoesNotContain(ann.Received, message => Is("preferences")(message) && message.GetProperty("blocked").GetArrayLength() > 0);
    }

    [Fact]
    public async Task A_reaction_reaches_both_players_and_watchers_and_not_who_blocks()
    {
        var (ann, bob, cy, game) = await Watched();

        await ann.Ask(new { type = "react", game, reaction = "nice" });
        var again = await ann.Ask(new { type = "react", game, reaction = "nice" });
        await bob.Ask(new { type = "block", name = "Ann" });
        await _adapter.Pass(_adapter.Rules.ReactionPause);
        await ann.Ask(new { type = "react", game, reaction = "oops" });
        await bob.Settle();
        await cy.Settle();

        Assert.Equal("too_soon", Text(again, "code"));
        Assert.Equal(["nice", "oops"], ann.Received.Where(Is("reaction")).Select(message => Text(message, "reaction")));
        Assert.Equal(["nice"], bob.Received.Where(Is("reaction")).Select(message => Text(message, "reaction")));
        Assert.Equal(["nice", "oops"], cy.Received.Where(Is("reaction")).Select(message => Text(message, "reaction")));
    }

    [Fact]
    public async Task The_running_games_come_to_who_wants_them_as_they_change()
    {
        var (ann, bob, cy, game) = await Watched();
        var feed = _adapter.Get<RunningFeed>();
        await feed.Tick();
        await cy.Ask(new { type = "running", on = true });
        var whole = cy.Received.Last(Is("running_games"));

        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await feed.Tick();
        var moved = await cy.Until("running_changes");
        await ann.Ask(new { type = "quit", game });
        await feed.Tick();
        var over = await cy.Until("running_changes");
        await cy.Ask(new { type = "running", on = false });

        Assert.Equal((1, game), (whole.GetProperty("running").GetInt32(), Text(whole.GetProperty("games")[0], "game")));
        Assert.Equal("4", Text(moved.GetProperty("changed")[0], "moves"));
        Assert.Equal(whole.GetProperty("version").GetInt64(), moved.GetProperty("from").GetInt64());
        Assert.Equal((0, game), (over.GetProperty("running").GetInt32(), over.GetProperty("removed")[0].GetString()));
        Assert.DoesNotContain(ann.Received, message => Is("running_changes")(message));
    }

    [Fact]
    public async Task Nothing_is_sent_while_no_game_changes_and_a_game_that_is_shown_stays()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { FramesPerSecond = 100_000, Burst = 100_000, ShownGames = 1 });
        var (ann, bob, cy, dee) = (await adapter.Join("Ann"), await adapter.Join("Bob"), await adapter.Join("Cy"), await adapter.Join("Dee"));
        var feed = adapter.Get<RunningFeed>();
        await ann.Ask(new { type = "running", on = true });
        await Play(ann, "Ann", bob, "Bob");
        await feed.Tick();
        await feed.Tick();
        await Play(cy, "Cy", dee, "Dee");
        await feed.Tick();
        await ann.Settle();

        var changes = ann.Received.Where(Is("running_changes")).ToArray();

        Assert.Equal([1, 2], changes.Select(change => change.GetProperty("running").GetInt32()));
        Assert.Equal([1, 0], changes.Select(change => change.GetProperty("changed").GetArrayLength()));
    }

    [Fact]
    public async Task Who_looks_on_sees_the_end_even_where_the_news_of_the_lobby_are_ahead_of_those_of_the_game()
    {
        var (ann, _, cy, game) = await Watched();

        _adapter.Get<Broadcaster>().Hear(new LobbyEvent.SeatsLeft(new GameId(game)));
        await ann.Ask(new { type = "quit", game });
        await cy.Settle();

        Assert.Contains(cy.Received, message => Is("game_over")(message));
        Assert.Empty(_adapter.Get<Application.Ports.IWatchers>().Of(new GameId(game)));
    }

    [Fact]
    public async Task Who_has_a_seat_again_that_the_lobby_had_forgotten_is_shown_the_game()
    {
        var (ann, bob, cy, game) = await Watched();
        var lobby = _adapter.Get<Application.Ports.ILobby>();
        foreach (var client in (Client[])[ann, bob, cy])
        {
            await client.Settle();
            client.Received.Clear();
        }

        foreach (var version in (int[])[1, 2]) // This server has heard of version 1 only: it shows nothing that is older than what was given back.
            _adapter.Get<Broadcaster>().Hear(new LobbyEvent.Reseated(new GameId(game), version, await lobby.Find(UserName.From("Bob")), await lobby.Find(UserName.From("Ann"))));
        foreach (var client in (Client[])[ann, bob, cy]) await client.Settle();

        Assert.Equal((1, 1, 0), (ann.Received.Count(Is("game")), bob.Received.Count(Is("game")), cy.Received.Count(Is("game"))));
    }

    [Fact]
    public async Task Players_and_watchers_are_told_how_many_look_on()
    {
        var (ann, _, cy, game) = await Watched();
        await Count();

        var dee = await _adapter.Join("Dee");
        await dee.Ask(new { type = "watch", game });
        await ann.Ask(new { type = "watch", game });
        await Count();
        await dee.Ask(new { type = "unwatch", game });
        await Count();
        await Count();
        await ann.Settle();
        await cy.Settle();

        Assert.Equal([1, 2, 1], ann.Received.Where(Is("watchers")).Select(message => message.GetProperty("count").GetInt32()));
        Assert.Equal([1, 2, 1], cy.Received.Where(Is("watchers")).Select(message => message.GetProperty("count").GetInt32()));
        Assert.Equal(2, dee.Received.Last(Is("game")).GetProperty("watchers").GetInt32());
    }

    [Fact]
    public async Task A_swap_shows_the_whole_game_and_who_is_away_in_it()
    {
        var (ann, bob) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"));
        await ann.Ask(new { type = "challenge", opponent = "Bob", clock = (object?)null, swap = true });
        await bob.Ask(new { type = "accept", opponent = "Ann" });
        var game = bob.View.Games.Keys.Single();
        await bob.Ask(new { type = "move", game, ply = 0, column = 4 });
        await bob.Close(null);

        await ann.Ask(new { type = "swap", game });

        var (whole, presence) = (ann.Received.Last(Is("game")), ann.Received.Last(Is("presence")));
        Assert.Equal(("done", "Ann", "Bob"), (Text(whole, "swap"), Text(whole.GetProperty("players")[0], "name"), Text(whole.GetProperty("players")[1], "name")));
        Assert.Equal((1, false), (presence.GetProperty("player").GetInt32(), presence.GetProperty("connected").GetBoolean()));
    }

    [Fact]
    public async Task What_a_user_lets_others_do_is_seen_in_the_list_and_told_to_all_their_tabs()
    {
        var ann = await _adapter.Join("Ann");
        var tab = await _adapter.Join("Ann", ann.View.Token);

        await ann.Ask(new { type = "allow", challenges = "nobody" });
        await _adapter.Tick();
        await tab.Settle();

        Assert.Equal("nobody", Text(tab.Received.Last(Is("preferences")), "challenges"));
        Assert.Contains("\"challenges\":\"nobody\"", tab.View.Users["Ann"], StringComparison.Ordinal);
    }

    private Task Count()
    {
        var (watchers, live, broadcaster) = (_adapter.Get<Application.Ports.IWatchers>(), _adapter.Get<LiveGames>(), _adapter.Get<Broadcaster>());
        foreach (var id in watchers.Changed()) broadcaster.CountWatchers(live.Find(id)!);
        return Task.CompletedTask;
    }

    /// <summary>Bob, challenged by Ann, is to move; Cy looks on.</summary>
    private async Task<(Client Ann, Client Bob, Client Cy, string Game)> Watched()
    {
        var (ann, bob, cy) = (await _adapter.Join("Ann"), await _adapter.Join("Bob"), await _adapter.Join("Cy"));
        await Play(ann, "Ann", bob, "Bob");
        await ann.Settle();
        var game = ann.View.Games.Keys.Single();
        await cy.Ask(new { type = "watch", game });
        return (ann, bob, cy, game);
    }

    private static async Task Play(Client challenger, string challengerName, Client challenged, string challengedName)
    {
        await challenger.Ask(new { type = "challenge", opponent = challengedName });
        await challenged.Ask(new { type = "accept", opponent = challengerName });
    }

    private static Func<JsonElement, bool> Is(string type) => message => Text(message, "type") == type;

    private static string? Text(JsonElement message, string field) => message.GetProperty(field).GetString();
}
