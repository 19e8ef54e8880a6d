using System.Net.WebSockets;
using System.Text;
using ConnectFour.Application;
using ConnectFour.Application.UseCases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>What one connection may send, and how slowly it may read, over real sockets.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_message_of_4096_bytes_is_read_and_one_more_byte_is_too_many()
    {
        await using var server = await SocketServer.Start();
        using var large = await server.Join("Ann");
        using var larger = await server.Join("Bob");

        await large.Send(Padded(4_096));
        await larger.Send(Padded(4_097));

        Assert.Equal("pong", (await large.Until("pong")).GetProperty("type").GetString());
        Assert.Equal(1009, await larger.Closed());
    }

    [Fact]
    public async Task A_message_may_come_in_16_pieces_and_not_in_17()
    {
        await using var server = await SocketServer.Start();
        using var patient = await server.Join("Ann");
        using var excessive = await server.Join("Bob");

        await SendInPieces(patient, 16);
        await SendInPieces(excessive, 17);

        Assert.Equal("pong", (await patient.Until("pong")).GetProperty("type").GetString());
        Assert.Equal(1009, await excessive.Closed());
    }

    [Fact]
    public async Task A_binary_message_and_broken_text_end_the_connection()
    {
        await using var server = await SocketServer.Start();
        using var binary = await server.Join("Ann");
        using var broken = await server.Join("Bob");

        await binary.Send([1, 2, 3], WebSocketMessageType.Binary);
        await broken.Send([0x22, 0xC0, 0xAF, 0x22]);

        Assert.Equal(1003, await binary.Closed());
        Assert.Contains(await broken.Closed(), (int?[])[1007, null]);
    }

    [Fact]
    public async Task An_empty_message_is_not_json()
    {
        await using var server = await SocketServer.Start();
        using var client = await server.Join("Ann");

        await client.Send("");

        Assert.Equal("bad_json", await client.Error());
    }

    [Fact]
    public async Task Too_many_messages_are_dropped_with_one_complaint_a_second_and_then_end_the_connection()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { Burst = 5, FramesPerSecond = 1, ExcessFrames = 3 });
        using var client = await server.Join("Ann"); // 1 of 5

        for (var i = 0; i < 8; i++) await client.Send("""{"type":"ping"}""");
        var answers = new List<string>();
        int? code = null;
        try
        {
            while (true)
                if (await client.Next() is var message && message.GetProperty("type").GetString() is "pong" or "error") answers.Add(message.GetProperty("type").GetString()!);
        }
        catch (InvalidOperationException)
        {
            code = (int?)client.Socket.CloseStatus;
        }

        Assert.Equal(["pong", "pong", "pong", "pong", "error"], answers);
        Assert.Equal(4008, code);
    }

    [Fact]
    public async Task The_rate_comes_back_with_time()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { Burst = 2, FramesPerSecond = 1 });
        using var client = await server.Join("Ann");
        await client.Send("""{"type":"ping"}""");
        await client.Until("pong");
        await client.Send("""{"type":"ping"}""");
        var limited = await client.Error();

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await client.Send("""{"type":"ping"}""");
        var again = await client.Until("pong");

        Assert.Equal("rate_limited", limited);
        Assert.Equal("pong", again.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_client_that_sends_nonsense_only_is_ended_and_one_that_is_refused_is_not()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { MalformedMessages = 3 });
        using var broken = await server.Join("Ann");
        using var unlucky = await server.Join("Bob");

        for (var i = 0; i < 4; i++) await broken.Send("nonsense");
        for (var i = 0; i < 10; i++) await unlucky.Send("""{"type":"quit","game":"unknown"}""");
        for (var i = 0; i < 10; i++) Assert.Equal("not_found", await unlucky.Error());

        Assert.Equal(4010, await broken.Closed());
        Assert.Equal(WebSocketState.Open, unlucky.Socket.State);
    }

    [Fact]
    public async Task Who_does_not_say_who_they_are_in_time_is_sent_away()
    {
        await using var server = await SocketServer.Start();
        using var silent = await server.Connect();
        using var known = await server.Join("Ann");
        await Condition.Holds(() => server.Get<Sessions>().All.Count == 2);

        server.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4000, await silent.Closed());
        Assert.Equal(WebSocketState.Open, known.Socket.State);
    }

    [Fact]
    public async Task An_eleventh_connection_of_a_user_is_refused()
    {
        await using var server = await SocketServer.Start();
        using var first = await server.Connect();
        await first.Send("""{"type":"new_connection","username":"Ann"}""");
        var token = (await first.Until("welcome")).GetProperty("token").GetString();
        var tabs = new List<SocketClient>();

        for (var i = 2; i <= 11; i++)
        {
            tabs.Add(await server.Connect());
            await tabs[^1].Send($$"""{"type":"new_connection","token":"{{token}}"}""");
            if (i <= 10) await tabs[^1].Until("welcome");
        }

        Assert.Equal("too_many_connections", await tabs[^1].Error());
        tabs.ForEach(tab => tab.Dispose());
    }

    [Fact]
    public async Task A_fault_on_our_side_ends_that_connection_with_1011_and_no_other()
    {
        await using var server = await SocketServer.Start(configure: services => services.AddSingleton<IRequestHandler<FindCommand, Reply>, Faulty>());
        using var struck = await server.Join("Ann");
        using var spared = await server.Join("Bob");

        await struck.Send("""{"type":"find","prefix":"a"}""");
        var code = await struck.Closed();
        await spared.Send("""{"type":"ping"}""");
        await spared.Until("pong");

        Assert.Equal(1011, code);
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_ended_and_the_others_go_on()
    {
        using var adapter = new AdapterUnderTest(limits: new WebSocketLimits { OutboxMessages = 8, FramesPerSecond = 1_000, Burst = 1_000 });
        var (slow, quick) = (await adapter.Join("Ann"), await adapter.Join("Bob"));

        slow.FarEnd.StopReading();
        slow.Send("""{"type":"find","prefix":"a"}""");
        await Condition.Holds(() => slow.FarEnd.Hangs);
        for (var i = 0; i < 12; i++) slow.Send("""{"type":"find","prefix":"a"}""");
        await quick.Settle();
        await Condition.Holds(() =>
        {
            adapter.Time.Advance(TimeSpan.FromSeconds(5)); // the deadline of the send that hangs, whenever that begins
            return adapter.Get<Sessions>().All.Count == 1;
        });

        await quick.Settle();
    }

    private static string Padded(int length)
    {
        const string message = """{"type":"ping"}""";
        return message[..^1] + new string(' ', length - message.Length) + "}";
    }

    private static async Task SendInPieces(SocketClient client, int pieces)
    {
        var bytes = Encoding.UTF8.GetBytes(Padded(512));
        for (var i = 0; i < pieces; i++)
        {
            var (from, to) = (i * bytes.Length / pieces, (i + 1) * bytes.Length / pieces);
            await client.Send(bytes[from..to], isLast: i == pieces - 1);
        }
    }

    private sealed class Faulty : IRequestHandler<FindCommand, Reply>
    {
        public Task<Reply> Handle(FindCommand request, CancellationToken cancellationToken) => throw new InvalidOperationException("As planned.");
    }
}
