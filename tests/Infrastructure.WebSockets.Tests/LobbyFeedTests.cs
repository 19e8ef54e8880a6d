using System.Collections.Immutable;
using System.Text.Json;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>How the user list is kept current.</summary>
public sealed class LobbyFeedTests
{
    [Fact]
    public async Task Changes_are_sent_once_per_tick_and_name_only_what_changed()
    {
        using var adapter = new AdapterUnderTest();
        var ann = await adapter.Join("Ann");
        await adapter.Tick();

        await adapter.Join("Bob");
        await adapter.Join("Cy");
        await adapter.Tick();
        await ann.Settle();

        var changes = ann.Received.Last(message => Type(message) == "user_changes");
        Assert.Equal(["Bob", "Cy"], changes.GetProperty("changed").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.Equal(3, changes.GetProperty("online").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_sent_when_nothing_that_shows_has_changed()
    {
        using var adapter = new AdapterUnderTest();
        var ann = await adapter.Join("Ann");
        await adapter.Tick();
        await ann.Settle();
        var before = ann.Received.Count;

        await adapter.Join("Ann", ann.View.Token); // a second tab does not show
        await adapter.Tick();
        await adapter.Tick();
        await ann.Settle();

        Assert.Equal(["pong"], ann.Received.Skip(before).Select(Type));
    }

    [Fact]
    public async Task The_list_is_bounded_and_says_how_many_there_are_beyond()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { ListedUsers = 2 });
        foreach (var name in (string[])["Ann", "Bob", "Cy"]) await adapter.Join(name);
        await adapter.Tick();

        var late = await adapter.Join("Di");
        await late.Settle();

        Assert.Equal(["Ann", "Bob"], late.View.Users.Keys);
        Assert.Equal(3, late.View.Online);
    }

    [Fact]
    public async Task Who_comes_or_goes_beyond_the_list_changes_the_number_only()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { ListedUsers = 1 });
        var ann = await adapter.Join("Ann");
        await adapter.Tick();

        await adapter.Join("Bob");
        await adapter.Tick();
        await ann.Settle();

        Assert.Equal(["Ann"], ann.View.Users.Keys);
        Assert.Equal(2, ann.View.Online);
    }

    [Fact]
    public async Task Who_reads_slowly_is_left_alone_and_then_gets_the_latest_list_whole()
    {
        using var adapter = new AdapterUnderTest();
        var slow = await adapter.Join("Ann");
        await adapter.Tick();
        await slow.Settle();
        var before = slow.Received.Count;
        slow.FarEnd.StopReading();
        slow.Send("""{"type":"find","prefix":"a"}""");
        await Condition.Holds(() => slow.FarEnd.Hangs);
        for (var i = 0; i < 40; i++) slow.Send("""{"type":"find","prefix":"a"}""");
        await Condition.Holds(() => adapter.Get<Sessions>().All.Any(session => !session.Connection.HasRoom));

        for (var i = 0; i < 50; i++)
        {
            await adapter.Join($"User{i}");
            await adapter.Tick();
        }
        slow.FarEnd.ReadOn();
        await slow.Settle();
        await adapter.Tick();
        await slow.Settle();

        Assert.Equal(["user_list"], slow.Received.Skip(before).Select(Type).Where(type => type!.StartsWith("user", StringComparison.Ordinal)));
        Assert.Equal(51, slow.View.Users.Count);
    }

    [Fact]
    public async Task Changes_are_no_use_to_who_missed_those_before()
    {
        using var adapter = new AdapterUnderTest();
        var slow = await adapter.Join("Ann");
        await adapter.Tick();
        await slow.Settle();
        slow.FarEnd.StopReading();
        slow.Send("""{"type":"find","prefix":"a"}""");
        await Condition.Holds(() => slow.FarEnd.Hangs);
        for (var i = 0; i < 40; i++) slow.Send("""{"type":"find","prefix":"a"}""");
        await Condition.Holds(() => adapter.Get<Sessions>().All.Any(session => !session.Connection.HasRoom));
        await adapter.Join("Bob");
        await adapter.Tick();

        slow.FarEnd.ReadOn();
        await slow.Settle();
        await Condition.Holds(() => adapter.Get<Sessions>().All.All(session => session.Connection.HasRoom));
        await adapter.Join("Cy");
        await adapter.Tick();
        await slow.Settle();

        Assert.Empty(slow.View.Gaps);
        Assert.Equal(["Ann", "Bob", "Cy"], slow.View.Users.Keys);
    }

    [Fact]
    public async Task What_a_failed_tick_could_not_send_the_next_one_does()
    {
        await using var server = await SocketServer.Start(configure: services => services.AddSingleton<ILobby>(provider =>
            new FaultyLobby(new InMemoryLobby(provider.GetRequiredService<LobbyRules>(), provider.GetRequiredService<IEvents>()))));
        var lobby = (FaultyLobby)server.Get<ILobby>();
        using var ann = await server.Join("Ann");

        lobby.Fails = true;
        server.Time.Advance(new WebSocketLimits().LobbyTick);
        await Condition.Holds(() => lobby.Failures == 1);
        lobby.Fails = false;
        server.Time.Advance(new WebSocketLimits().LobbyTick);

        Assert.Equal(1, (await ann.Until("user_changes")).GetProperty("online").GetInt32());
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();

    /// <summary>A lobby that cannot be listed for a while.</summary>
    private sealed class FaultyLobby(ILobby lobby) : ILobby
    {
        private int _failures;

        public bool Fails { get; set; }

        public int Failures => Volatile.Read(ref _failures);

        public ValueTask<User?> Find(UserName name) => lobby.Find(name);

        public ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition) =>
            lobby.Decide(concerned, transition);

        public ValueTask<ImmutableArray<User>> Search(string prefix, int most) => lobby.Search(prefix, most);

        public ValueTask<UserList> List(int most)
        {
            if (!Fails) return lobby.List(most);
            Interlocked.Increment(ref _failures);
            throw new InvalidOperationException("As planned.");
        }

        public ValueTask<ImmutableArray<UserName>> Waiting() => lobby.Waiting();
        public ValueTask<DueInLobby> Due(DateTimeOffset now) => lobby.Due(now);
    }
}
