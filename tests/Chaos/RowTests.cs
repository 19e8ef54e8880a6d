using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace ConnectFour.Chaos;

/// <summary>What a cluster promises when one of its parts is away, fault by fault, as people see it who are there.</summary>
public sealed class RowTests(RunningCluster running, ITestOutputHelper output) : IClassFixture<RunningCluster>, IAsyncDisposable
{
    private Cluster Cluster => running.Cluster;

    /// <summary>Whatever a test had come to: the next one finds all well.</summary>
    public async ValueTask DisposeAsync() => await Cluster.Mend();

    [Fact]
    public async Task F3_Those_of_a_node_that_died_are_back_within_5_s_and_whoever_does_not_come_back_is_gone_within_20_s()
    {
        const int Many = 10;
        using var watcher = await Guest.Join(Cluster.Door(0), "Watcher3");
        using var partner = await Guest.Join(Cluster.Door(1), "Partner3");
        using var ghost = await Guest.Join(Cluster.Door(2), "Ghost3");
        var people = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Guest.Join(Cluster.Door(2), $"Person3-{number}")));
        var game = await Guest.Play(people[0], "Person3-0", partner, "Partner3");
        await watcher.Hear(Lists("Ghost3"));

        var killed = TimeProvider.System.GetTimestamp();
        await Cluster.Nodes[2].Kill();
        var back = await Task.WhenAll(people.Select(async (person, number) =>
        {
            await person.Gone;
            var again = await Guest.Join(Cluster.Door(number % 2), null, person.Token);
            return (Person: again, After: TimeProvider.System.GetElapsedTime(killed));
        }));
        var whole = await back[0].Person.Hear(message => (string?)message["type"] == "game");
        var move = await back[0].Person.Move(game, 0, 4);
        await partner.HearMove(game, 2);
        await watcher.Hear(Removes("Ghost3"));
        var gone = TimeProvider.System.GetElapsedTime(killed);
        await Cluster.Nodes[2].StartAgain();

        output.WriteLine($"back after {Seconds(back.Max(one => one.After))} at most, gone after {Seconds(gone)}");
        Assert.All(back, one => Assert.InRange(one.After.TotalSeconds, 0, 5));
        Assert.InRange(gone.TotalSeconds, 0, 20);
        Assert.Equal((game, "ok"), ((string?)whole["game"], (string?)move["type"]));
        foreach (var (person, _) in back) person.Dispose();
    }

    [Fact]
    public async Task F9_While_Redis_is_paused_games_go_on_and_moves_show_on_other_nodes_within_2_s()
    {
        var table = await Table.Lay(Cluster, "9");
        using var cy = await Guest.Join(Cluster.Door(0), "Cy9");
        using var dan = await Guest.Join(Cluster.Door(0), "Dan9");
        var atHome = await Guest.Play(cy, "Cy9", dan, "Dan9");

        await Cluster.Redis.Ask("CLIENT PAUSE 10000");
        var begun = TimeProvider.System.GetTimestamp();
        List<TimeSpan> across = [], here = [];
        for (var ply = 0; TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(9) && ply < 12; ply++)
        {
            here.Add(await Shown(ply % 2 == 0 ? (cy, dan) : (dan, cy), atHome, ply));
            across.Add(await Shown(table.At(ply), table.Game, ply));
        }
        await Task.Delay(TimeSpan.FromSeconds(10) - TimeProvider.System.GetElapsedTime(begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);

        output.WriteLine($"across: {string.Join(", ", across.Select(Seconds))}; on one node: {string.Join(", ", here.Select(Seconds))}");
        Assert.InRange(across.Count, 3, 12);
        Assert.All([.. across, .. here], lag => Assert.InRange(lag.TotalSeconds, 0, 2));
        Assert.Equal(Enumerable.Range(2, across.Count), table.First.VersionsOf(table.Game));
        Assert.Equal(Enumerable.Range(2, across.Count), table.Second.VersionsOf(table.Game));
        await table.Finish();
    }

    [Fact]
    public async Task F10_A_node_that_is_cut_off_from_Redis_plays_on_and_is_ready_for_30_s_and_then_no_more_and_no_result_is_split()
    {
        var table = await Table.Lay(Cluster, "10");
        using var http = new HttpClient();
        Task<HttpResponseMessage> Ready(int node) => http.GetAsync(new Uri(Cluster.Nodes[node].Address, "/health/ready"));

        Cluster.Networks[1].Redis.Fail(Fault.BlackHole);
        var cut = TimeProvider.System.GetTimestamp();
        var lags = new List<TimeSpan>();
        for (var ply = 0; ply < 6; ply++) lags.Add(await Shown(table.At(ply), table.Game, ply));
        var early = (await Ready(1)).StatusCode;
        await Condition.Holds(async () => TimeProvider.System.GetElapsedTime(cut) > TimeSpan.FromSeconds(15) && (await Ready(1)).StatusCode == early);
        await Condition.Holds(async () => (await Ready(1)).StatusCode == HttpStatusCode.ServiceUnavailable);
        var unready = TimeProvider.System.GetElapsedTime(cut);
        var others = (await Ready(0)).StatusCode;
        var (quit, end) = (await table.Second.Ask("quit", new() { ["game"] = table.Game }), await table.First.Hear(Ends(table.Game)));
        await Cluster.Mend();
        await Condition.Holds(async () => (await Ready(1)).IsSuccessStatusCode);

        output.WriteLine($"moves showed after {string.Join(", ", lags.Select(Seconds))}; unready after {Seconds(unready)}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (early, others));
        Assert.InRange(unready.TotalSeconds, 29, 35);
        Assert.All(lags, lag => Assert.InRange(lag.TotalSeconds, 0, 2));
        Assert.Equal("ok", (string?)quit["type"]);
        Assert.Equal((string?)(await table.Second.Hear(Ends(table.Game)))["reason"], (string?)end["reason"]);
        Assert.Single(Journal.OfPostgres(Cluster.Database).Games.Single(game => game.Id.Value == table.Game).Events.OfType<Domain.GameEvent.Ended>());
        table.Leave();
    }

    [Fact]
    public async Task F11_Whoever_looks_is_current_within_10_s_when_what_Redis_publishes_is_lost_without_a_word()
    {
        var table = await Table.Lay(Cluster, "11");

        Cluster.Networks[1].Redis.Outwards.Fault = new Fault.Only(Mishap.Subscription, Fault.BlackHole);
        var lag = await Shown((table.First, table.Second), table.Game, 0);
        using var newcomer = await Guest.Join(Cluster.Door(0), "Newcomer11");
        var came = TimeProvider.System.GetTimestamp();
        await table.Second.Hear(Lists("Newcomer11"));
        var listed = TimeProvider.System.GetElapsedTime(came);
        var asked = await table.Second.Ask("open", new() { ["more"] = true });
        var back = await Shown((table.Second, table.First), table.Game, 1);

        output.WriteLine($"the move after {Seconds(lag)}, the newcomer after {Seconds(listed)}, the answer after {Seconds(back)}");
        Assert.InRange(lag.TotalSeconds, 0, 10);
        Assert.InRange(listed.TotalSeconds, 0, 10);
        Assert.Equal("ok", (string?)asked["type"]); // What Redis is asked, it answers.
        await table.Finish();
    }

    [Fact]
    public async Task F12_What_is_asked_while_PostgreSQL_stands_still_is_pending_and_never_acknowledged_early_and_counts_once()
    {
        var table = await Table.Lay(Cluster, "12");
        using var http = new HttpClient { BaseAddress = Cluster.Nodes[0].Address };

        Cluster.Postgres.Suspend();
        var standing = TimeProvider.System.GetTimestamp();
        var move = await table.First.Move(table.Game, 0, 4);
        var login = await http.SendAsync(LogIn());
        await Task.Delay(TimeSpan.FromSeconds(5) - TimeProvider.System.GetElapsedTime(standing) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);
        Cluster.Postgres.Suspend(false);
        var again = await Insist(table.First, table.Game, 0, 4);
        await table.Second.HearMove(table.Game, 2);

        Cluster.Postgres.Kill();
        Cluster.Postgres.StartAgain();
        var after = await Insist(table.Second, table.Game, 1, 4);
        await table.First.HearMove(table.Game, 3);

        Assert.Equal(("error", "pending"), ((string?)move["type"], (string?)move["code"]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
        Assert.NotNull(login.Headers.RetryAfter);
        Assert.Equal((2, 3), ((int)again["version"]!, (int)after["version"]!));
        Assert.Equal([2, 3], table.First.VersionsOf(table.Game));
        Assert.Equal([2, 3], table.Second.VersionsOf(table.Game));
        Assert.All(Cluster.Nodes, node => Assert.False(node.HasEnded));
        await table.Finish();
    }

    [Fact]
    public async Task F13_Whoever_is_there_when_PostgreSQL_fails_over_and_loses_moves_is_told_so_and_the_game_goes_on_from_what_is_left()
    {
        var table = await Table.Lay(Cluster, "13");
        for (var ply = 0; ply < 4; ply++) await Shown(table.At(ply), table.Game, ply);
        var copy = Cluster.Postgres.Copy();
        for (var ply = 4; ply < 6; ply++) await Shown(table.At(ply), table.Game, ply);

        Cluster.Postgres.FailOverTo(copy);
        var told = await Task.WhenAll(table.First.Hear(IsSetBack(table.Game)), table.Second.Hear(IsSetBack(table.Game)));
        await table.First.Ask("ping", new() { ["games"] = new JsonArray(new JsonObject { ["game"] = table.Game, ["version"] = 0 }) });
        var whole = await table.First.Hear(message => (string?)message["type"] == "game" && (string?)message["moves"] == "1234");
        var late = await table.Second.Ask("ping", new() { ["games"] = new JsonArray(new JsonObject { ["game"] = table.Game, ["version"] = 7 }) });
        var next = await Insist(table.First, table.Game, 4, 7);
        var shown = await table.Second.Hear(message => (string?)message["type"] == "moved" && (string?)message["game"] == table.Game && (int)message["column"]! == 7);

        Assert.All(told, message => Assert.Equal((5, 4), ((int)message["version"]!, (int)message["ply"]!)));
        Assert.Equal((5, 6, 6), ((int)whole["version"]!, (int)next["version"]!, (int)shown["version"]!));
        Assert.Equal([table.Game], late["games"]!.AsArray().Select(game => (string)game!));
        await table.Finish();
    }

    /// <summary>How long it takes until the other one is shown a move.</summary>
    private static async Task<TimeSpan> Shown((Guest Mover, Guest Other) table, string game, int ply)
    {
        var moved = TimeProvider.System.GetTimestamp();
        Assert.Equal("ok", (string?)(await table.Mover.Move(game, ply, ply % 7 + 1))["type"]);
        await table.Other.HearMove(game, ply + 2);
        return TimeProvider.System.GetElapsedTime(moved);
    }

    /// <summary>As a page does: while the answer is that there is none yet, the same again.</summary>
    private static async Task<JsonObject> Insist(Guest mover, string game, int ply, int column)
    {
        var answer = await mover.Move(game, ply, column);
        await Condition.Holds(async () => (string?)answer["type"] == "ok" || (string?)(answer = await mover.Move(game, ply, column))["type"] == "ok");
        return answer;
    }

    private static HttpRequestMessage LogIn() => new(HttpMethod.Post, "/api/session")
    {
        Content = new StringContent("""{"name":"Nobody","password":"a long enough password"}""", System.Text.Encoding.UTF8, "application/json"),
    };

    private static Func<JsonObject, bool> Lists(string name) => message => ((string?)message["type"]) switch
    {
        "user_list" => message["users"]!.AsArray().Any(user => (string?)user!["name"] == name),
        "user_changes" => message["changed"]!.AsArray().Any(user => (string?)user!["name"] == name),
        _ => false,
    };

    private static Func<JsonObject, bool> Removes(string name) => message => (string?)message["type"] == "user_changes" && message["removed"]!.AsArray().Any(removed => (string?)removed == name);

    private static Func<JsonObject, bool> Ends(string game) => message => (string?)message["type"] == "game_over" && (string?)message["game"] == game;

    private static Func<JsonObject, bool> IsSetBack(string game) => message => (string?)message["type"] == "set_back" && (string?)message["game"] == game;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    /// <summary>Two who play, on the first two nodes; the first one begins.</summary>
    private sealed record Table(Guest First, Guest Second, string Game)
    {
        public static async Task<Table> Lay(Cluster cluster, string number)
        {
            var (first, second) = (await Guest.Join(cluster.Door(0), "Ann" + number), await Guest.Join(cluster.Door(1), "Bob" + number));
            return new(first, second, await Guest.Play(first, "Ann" + number, second, "Bob" + number));
        }

        public (Guest Mover, Guest Other) At(int ply) => ply % 2 == 0 ? (First, Second) : (Second, First);

        public async Task Finish()
        {
            await First.Ask("quit", new() { ["game"] = Game });
            Leave();
        }

        public void Leave()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
