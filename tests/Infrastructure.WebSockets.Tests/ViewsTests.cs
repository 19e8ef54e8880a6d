using System.Net.WebSockets;
using System.Text.Json;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Random commands of several users, folded over the server, over a naive model, and over what each client is told.</summary>
public sealed class ViewsTests
{
    private static readonly string[] Names = ["Ann", "Bob", "Cy", "Di"];
    private const int MaxGames = 2;

    public enum Act
    {
        Connect,
        Cut,
        Leave,
        Challenge,
        Cancel,
        Accept,
        Decline,
        Move,
        Quit,
        Rematch,
        Open,
        Watch,
        Unwatch,
        Wait,
    }

    public sealed record Step(Act Act, int By, int With, int Number);

    public static class Steps
    {
        // One long list rather than many short ones: most of what can go wrong needs a history.
        public static Arbitrary<Step[]> Any() => Arb.From((
            from act in Gen.Frequency(
                (5, Gen.Constant(Act.Connect)), (2, Gen.Constant(Act.Cut)), (2, Gen.Constant(Act.Leave)), (7, Gen.Constant(Act.Challenge)), (1, Gen.Constant(Act.Cancel)),
                (6, Gen.Constant(Act.Accept)), (1, Gen.Constant(Act.Decline)), (12, Gen.Constant(Act.Move)), (1, Gen.Constant(Act.Quit)), (2, Gen.Constant(Act.Rematch)),
                (2, Gen.Constant(Act.Open)), (4, Gen.Constant(Act.Watch)), (1, Gen.Constant(Act.Unwatch)), (2, Gen.Constant(Act.Wait)))
            from actor in Gen.Choose(0, Names.Length - 1)
            from with in Gen.Choose(0, Names.Length - 1)
            from number in Gen.Choose(0, 6)
            select new Step(act, actor, with, number)).ArrayOf(120));
    }

    [Property(Arbitrary = [typeof(Steps)], MaxTest = 40)]
    public void Each_client_s_view_of_the_messages_it_received_equals_the_server_s_state_and_the_model_s(Step[] steps) => Run(steps).GetAwaiter().GetResult();

    private static async Task Run(Step[] steps)
    {
        using var adapter = new AdapterUnderTest(Lobbies.Impatient with { MaxGames = MaxGames });
        var (model, world) = (new LobbyModel(MaxGames), new World(adapter));

        foreach (var step in steps)
        {
            await Apply(step, model, world);
            await world.Settle();
            world.Learn(model);
            await AssertViews(model, world);
            AssertTold(step.Act, world);
        }
    }

    /// <summary>What came in this step: an answer after all that it confirms, and the same for all tabs of a user.</summary>
    private static void AssertTold(Act act, World world)
    {
        // Who connects or begins to watch is shown the whole, after the answer and in that tab alone.
        var news = world.Clients.ToLookup(client => client.View.Name, world.News);
        if (act is Act.Connect or Act.Watch) return;

        foreach (var tabs in news)
        {
            var told = tabs.Select(tab => tab.Where(message => !message.TryGetProperty("re", out _)).Select(message => message.GetRawText())).ToArray();
            Assert.All(told, tab => Assert.Equal(told[0], tab));
            foreach (var tab in tabs)
                Assert.All(tab.SkipWhile(message => !message.TryGetProperty("re", out _)).Select(message => message.GetProperty("type").GetString()), type =>
                    Assert.Contains(type, (string[])["ok", "error", "user_list", "user_changes", "pong"]));
        }
    }

    private static async Task Apply(Step step, LobbyModel model, World world)
    {
        var (by, with) = (Names[step.By], Names[step.With]);
        if (step.Act == Act.Wait)
        {
            model.Pass(7);
            await world.Adapter.Pass(TimeSpan.FromSeconds(7));
            return;
        }
        if (step.Act == Act.Connect)
        {
            if (world.Of(by).Count == 2) return;
            model.Connect(by);
            await world.Join(by);
            return;
        }

        if (world.Of(by).LastOrDefault() is not { } client) return;
        var me = model.Players[by];
        var match = me.Games.ElementAtOrDefault(step.Number % MaxGames);
        var watched = model.Matches.Where(candidate => !candidate.IsOver && !me.Games.Contains(candidate)).ElementAtOrDefault(step.Number);
        switch (step.Act)
        {
            case Act.Cut or Act.Leave:
                model.Close(by, step.Act == Act.Leave);
                await world.Close(by, client, step.Act == Act.Leave ? WebSocketCloseStatus.EndpointUnavailable : null);
                break;
            case Act.Challenge:
                await Same(model.Challenge(by, with), client, new { type = "challenge", opponent = with, clock = (object?)null });
                break;
            case Act.Cancel:
                await Same(model.End(by, with, by), client, new { type = "cancel", opponent = with });
                break;
            case Act.Accept:
                await Same(model.Accept(by, with), client, new { type = "accept", opponent = with });
                break;
            case Act.Decline:
                await Same(model.End(with, by, by), client, new { type = "decline", opponent = with });
                break;
            case Act.Move when match is not null:
                var ply = match.Moves.Count;
                await Same(model.Move(by, match, step.Number + 1), client, new { type = "move", game = world.Id(match, model), ply, column = step.Number + 1 });
                break;
            case Act.Quit when match is not null:
                await Same(model.Quit(by, match), client, new { type = "quit", game = world.Id(match, model) });
                break;
            case Act.Rematch when me.LastFinished is { } finished:
                await Same(model.Rematch(by), client, new { type = "rematch", game = world.Id(finished, model) });
                break;
            case Act.Open:
                me.Open = step.Number % 2 == 0;
                await Same("ok", client, new { type = "open", more = me.Open });
                break;
            case Act.Watch when watched is not null:
                watched.Watchers.Add(by);
                await Same("ok", client, new { type = "watch", game = world.Id(watched, model) });
                break;
            case Act.Unwatch when watched is not null:
                watched.Watchers.Remove(by);
                await Same("ok", client, new { type = "unwatch", game = world.Id(watched, model) });
                break;
        }
    }

    private static async Task Same(string expected, Client client, object question)
    {
        var answer = await client.Ask(question);

        var type = answer.GetProperty("type").GetString();
        Assert.Equal(expected, type == "error" ? answer.GetProperty("code").GetString() : type);
    }

    private static async Task AssertViews(LobbyModel model, World world)
    {
        var list = await world.Adapter.Get<ILobby>().List(200);
        Assert.Equal(model.Shown(), list.Users.OrderBy(user => user.Name).Select(Show));

        foreach (var client in world.Clients)
        {
            var (view, me) = (client.View, model.Players[client.View.Name]);
            Assert.Empty(view.Gaps);
            Assert.Equal(list.Online, view.Online);
            Assert.Equal(
                list.Users.ToDictionary(user => user.Name.Text, user => JsonSerializer.Serialize(Wire.User(user), WireJson.Default.WireUser)),
                view.Users.ToDictionary());
            Assert.Equal(me.Invitation is { } invitation ? $"{invitation.From}>{invitation.To}" : null, view.Invitation);

            foreach (var match in model.Matches.Where(match => me.Games.Contains(match) || match.Watchers.Contains(view.Name)))
            {
                var id = world.Id(match, model);
                if (!view.Games.TryGetValue(id, out var seen))
                {
                    // A tab opened after watching began has not been shown the game.
                    Assert.Contains(view.Name, match.Watchers);
                    continue;
                }
                var game = (await world.Adapter.Get<IGameJournal>().Find(new GameId(id)))!;
                Assert.Equal(string.Concat(match.Moves), seen.Moves);
                Assert.Equal((game.Version, (int?)game.ToMove, game.Outcome is null), (seen.Version, seen.ToMove, seen.Result is null));
                Assert.Equal((model.Players[match.First].Connections > 0, model.Players[match.Second].Connections > 0), (seen.FirstIsHere, seen.SecondIsHere));
            }

            foreach (var (id, seen) in view.Games.Where(entry => world.Finished.Contains(entry.Key)))
            {
                var game = (await world.Adapter.Get<IGameJournal>().Find(new GameId(id)))!;
                var wasThere = game.SideOf(UserName.From(view.Name)) is not null;
                if (wasThere) Assert.Equal((game.Version, game.Moves.ToString(), true), ((int)seen.Version, seen.Moves, seen.Result is not null));
            }
        }
    }

    private static string Show(User user)
    {
        var wire = Wire.User(user);
        return $"{wire.Name} {wire.State} {wire.Games} {wire.Open} {(wire.Wins, wire.Losses, wire.Draws)}";
    }

    /// <summary>The clients that are connected, and which id the server gave to which game of the model.</summary>
    private sealed class World(AdapterUnderTest adapter)
    {
        private readonly Dictionary<string, string> _tokens = [];
        private readonly List<string> _ids = [];
        private readonly Dictionary<Client, int> _read = [];

        public AdapterUnderTest Adapter => adapter;

        public List<Client> Clients { get; } = [];

        public HashSet<string> Finished { get; } = [];

        public List<Client> Of(string name) => [.. Clients.Where(client => client.View.Name == name)];

        public async Task Join(string name)
        {
            var client = await adapter.Join(name, _tokens.GetValueOrDefault(name));
            _tokens[name] = client.View.Token;
            Clients.Add(client);
        }

        public async Task Close(string name, Client client, WebSocketCloseStatus? code)
        {
            Clients.Remove(client);
            await client.Close(code);
        }

        /// <summary>What the client has received since it was asked for last.</summary>
        public JsonElement[] News(Client client)
        {
            var before = _read.GetValueOrDefault(client);
            _read[client] = client.Received.Count;
            return [.. client.Received.Skip(before)];
        }

        /// <summary>Games begin in the same order on both sides.</summary>
        public void Learn(LobbyModel model)
        {
            foreach (var id in Clients.SelectMany(client => client.View.Games.Keys)) if (!_ids.Contains(id)) _ids.Add(id);
            foreach (var (match, id) in model.Matches.Zip(_ids)) if (match.IsOver) Finished.Add(id);
        }

        public string Id(LobbyModel.Match match, LobbyModel model) => _ids[model.Matches.IndexOf(match)];

        /// <summary>Waits until every client has everything that was on its way, the latest list included.</summary>
        public async Task Settle()
        {
            await adapter.Tick();
            foreach (var client in Clients) await client.Settle();
        }
    }
}
