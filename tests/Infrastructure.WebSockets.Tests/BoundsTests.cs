using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What may be done how often, and how much may wait.</summary>
public sealed class BoundsTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_bucket_allows_its_burst_and_then_its_rate()
    {
        var bucket = new TokenBucket(_time, burst: 5, perSecond: 2);

        var burst = Taken(bucket, 20);
        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(5, burst);
        Assert.Equal(3, Taken(bucket, 20));
    }

    [Fact]
    public void A_bucket_that_rests_saves_up_no_more_than_its_burst()
    {
        var bucket = new TokenBucket(_time, burst: 5, perSecond: 2);
        Taken(bucket, 1);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(5, Taken(bucket, 20));
    }

    [Fact]
    public void What_is_refused_costs_nothing()
    {
        var bucket = new TokenBucket(_time, burst: 1, perSecond: 1);
        Taken(bucket, 1_000);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(bucket.TryTake());
    }

    [Fact]
    public void News_that_can_wait_is_added_while_less_than_half_is_used()
    {
        var (many, large) = (new Outbox(new WebSocketLimits { OutboxMessages = 8 }), new Outbox(new WebSocketLimits { OutboxBytes = 1_000 }));

        for (var i = 0; i < 3; i++) many.Add(new byte[1]);
        large.Add(new byte[499]);
        var before = (many.HasRoom, large.HasRoom);
        many.Add(new byte[1]);
        large.Add(new byte[1]);
        var after = (many.HasRoom, large.HasRoom);
        many.Sent(1, 1);
        large.Sent(1, 1);

        Assert.Equal((true, true), before);
        Assert.Equal((false, false), after);
        Assert.Equal((true, true), (many.HasRoom, large.HasRoom));
    }

    [Fact]
    public async Task The_complaint_about_too_many_messages_comes_at_most_once_a_second()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { Burst = 1, FramesPerSecond = 1 });
        using var client = await server.Join("Ann"); // the one

        for (var i = 0; i < 5; i++) await client.Send("""{"type":"ping"}""");
        var first = await Answer(client);
        await Condition.Holds(() => server.Get<Sessions>().All.Single().Connection.Received == 6);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++) await client.Send("""{"type":"ping"}""");

        Assert.Equal(["error", "pong", "error"], [first, await Answer(client), await Answer(client)]);
    }

    [Fact]
    public async Task Malformed_messages_are_forgiven_one_a_second_and_what_a_validator_refuses_is_one()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { FramesPerSecond = 1_000, Burst = 1_000 });
        var client = await adapter.Join("Ann");

        for (var i = 0; i < 10; i++) Assert.Equal("bad_column", Code(await client.Ask(new { type = "move", game = "g", ply = 0, column = 8 })));
        adapter.Time.Advance(TimeSpan.FromSeconds(1));
        await client.Ask(new { type = "nonsense" });
        await client.Settle();
        await client.Ask(new { type = "nonsense" });

        Assert.Equal(4010, await client.Ended());
    }

    [Fact]
    public async Task Refusals_never_count_as_malformed()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { FramesPerSecond = 1_000, Burst = 1_000, MalformedMessages = 1 });
        var (ann, bob) = (await adapter.Join("Ann"), await adapter.Join("Bob"));
        await ann.Ask(new { type = "challenge", opponent = "Bob", clock = (object?)null });
        await bob.Ask(new { type = "accept", opponent = "Ann" });
        var game = bob.View.Games.Keys.Single();
        for (var ply = 0; ply < 6; ply++) await (ply % 2 == 0 ? bob : ann).Ask(new { type = "move", game, ply, column = 4 });

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("column_full", Code(await bob.Ask(new { type = "move", game, ply = 6, column = 4 })));
            Assert.Equal("not_your_turn", Code(await ann.Ask(new { type = "move", game, ply = 6, column = 4 })));
            Assert.Equal("stale", Code(await ann.Ask(new { type = "move", game, ply = 1, column = 5 })));
            Assert.Equal("unknown_user", Code(await ann.Ask(new { type = "challenge", opponent = "Zoe" })));
        }

        await ann.Settle();
        await bob.Settle();
        Assert.Equal("444444", bob.View.Games[game].Moves);
    }

    private static int Taken(TokenBucket bucket, int tries) => Enumerable.Range(0, tries).Count(_ => bucket.TryTake());

    private static async Task<string> Answer(SocketClient client)
    {
        while (true)
            if (await client.Next() is var message && message.GetProperty("type").GetString() is "pong" or "error") return message.GetProperty("type").GetString()!;
    }

    private static string? Code(JsonElement message) => message.GetProperty("code").GetString();
}
