using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What news cost, counted: what costs more is slower on every machine, and no clock is needed to see it.</summary>
public sealed class CostTests
{
    private const int Changes = 50;

    [Fact]
    public async Task Everything_that_changes_in_the_lobby_within_a_tick_is_one_message_to_each_client()
    {
        using var adapter = new AdapterUnderTest();
        var crowd = await Crowd(adapter, 20);

        for (var number = 0; number < Changes; number++) await adapter.Join($"New{number}");
        await crowd[0].Ask(new { type = "open", more = true });
        await adapter.Tick();

        foreach (var client in crowd)
        {
            client.Received.Clear();
            await client.Settle();
            Assert.Single(client.Received, message => Type(message) == "user_changes");
            Assert.DoesNotContain(client.Received, message => Type(message) == "user_list");
        }
    }

    [Theory]
    [InlineData(10, new[] { 1, 1, 1, 1 })]
    [InlineData(11, new[] { 1, 0, 1, 0 })]
    [InlineData(25, new[] { 1, 0, 0, 1 })]
    public async Task The_more_clients_there_are_the_less_often_they_hear_of_changes(int clients, int[] messages)
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { LobbyMessagesPerSecond = 100, FramesPerSecond = 1_000, Burst = 1_000 });
        var crowd = await Crowd(adapter, clients);
        for (var tick = 0; tick < 3; tick++) await adapter.Tick(); // Those who came were news.

        for (var tick = 0; tick < messages.Length; tick++)
        {
            crowd[^1].Received.Clear();
            await crowd[tick].Ask(new { type = "open", more = true });
            await adapter.Tick();
            await crowd[^1].Settle();
            Assert.Equal(messages[tick], crowd[^1].Received.Count(message => Type(message) == "user_changes"));
        }
    }

    [Theory]
    [InlineData(0, new[] { 1, 1, 1 })]
    [InlineData(6, new[] { 1, 0, 1 })]
    [InlineData(18, new[] { 1, 0, 0, 0, 0, 0, 1 })] // A tenth is left to the lobby.
    public async Task The_more_is_played_the_less_often_they_hear_of_changes(int plies, int[] messages)
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { LobbyMessagesPerSecond = 200, FramesPerSecond = 1_000, Burst = 1_000 });
        var crowd = await Crowd(adapter, 11);
        await crowd[0].Ask(new { type = "challenge", opponent = "User1" });
        await crowd[1].Ask(new { type = "accept", opponent = "User0" });
        var game = (await crowd[0].Until("game")).GetProperty("game").GetString();
        for (var tick = 0; tick < 3; tick++) await adapter.Tick(); // Those who came, and play, were news.
        await crowd[^1].Settle();
        for (var ply = 0; ply < plies; ply++) await crowd[1 - ply % 2].Ask(new { type = "move", game, ply, column = 1 + ply / 6 });

        for (var tick = 0; tick < messages.Length; tick++)
        {
            crowd[^1].Received.Clear();
            await crowd[2 + tick].Ask(new { type = "open", more = true });
            await adapter.Tick();
            await crowd[^1].Settle();
            Assert.Equal(messages[tick], crowd[^1].Received.Count(message => Type(message) == "user_changes"));
        }
    }

    [Fact]
    public async Task A_message_is_serialised_once_whoever_gets_it()
    {
        const int few = 10, many = 40;
        await Allocated(few); // What is done for the first time needs more.

        var each = (await Allocated(many) - await Allocated(few)) / (many - few);

        Assert.InRange(each, -1_000, 1_000); // The message itself has ten thousand bytes.
    }

    /// <summary>Bytes that are allocated to tell so many, and fifty, of changes of these. They do not read, so that nothing is counted but the telling.</summary>
    private static async Task<long> Allocated(int clients)
    {
        using var adapter = new AdapterUnderTest();
        var crowd = await Crowd(adapter, clients + Changes);
        foreach (var client in crowd[clients..]) await client.Ask(new { type = "open", more = true });
        foreach (var client in crowd)
        {
            client.FarEnd.StopReading();
            client.Send("""{"type":"ping"}""");
            await Condition.Holds(() => client.FarEnd.Hangs);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        await adapter.Tick();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task<List<Client>> Crowd(AdapterUnderTest adapter, int clients)
    {
        var crowd = new List<Client>();
        for (var number = 0; number < clients; number++) crowd.Add(await adapter.Join($"User{number}"));
        await adapter.Tick();
        foreach (var client in crowd) await client.Settle();
        return crowd;
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();
}
