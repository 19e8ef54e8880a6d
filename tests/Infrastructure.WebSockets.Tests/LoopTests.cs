using System.Net.WebSockets;
using System.Text;
using ConnectFour.Infrastructure.WebSockets.Frames;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Both directions of one connection: what they pass on, drop, and give up on.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly FarEnd _farEnd = new();
    private readonly Ear _ear = new();

    public void Dispose() => _farEnd.Dispose();

    [Fact]
    public async Task What_has_been_sent_makes_room_again()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits { OutboxMessages = 8 }, Unread.Metrics, _time);
        var running = connection.Run(_ear);

        for (var i = 0; i < 100; i++)
        {
            connection.Send(Bytes("news"));
            await _farEnd.Sent.ReadAsync();
            await Condition.Holds(() => connection.Sent == i + 1);
        }
        connection.End(Ending.Restart);

        Assert.Equal(Ending.Restart, await Ended(running));
    }

    [Fact]
    public async Task A_send_that_hangs_for_too_long_ends_the_connection()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits(), Unread.Metrics, _time);
        var running = connection.Run(_ear);
        _farEnd.StopReading();
        connection.Send(Bytes("news"));
        await Condition.Holds(() => _farEnd.Hangs);

        await Condition.Holds(() =>
        {
            _time.Advance(new WebSocketLimits().SendDeadline); // whenever that begins
            return running.IsCompleted;
        });

        Assert.Contains(await Ended(running), (Ending[])[Ending.TooSlow, Ending.Lost]); // whichever notices first
        Assert.Null(_farEnd.ClosedByServer);
    }

    [Fact]
    public async Task Once_a_connection_is_to_end_nobody_listens_to_it_any_more()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits(), Unread.Metrics, _time);
        var running = connection.Run(_ear);
        _farEnd.StopReading();
        connection.Send(Bytes("news"));
        await Condition.Holds(() => _farEnd.Hangs);

        connection.End(Ending.Restart);
        for (var i = 0; i < 3; i++) _farEnd.Put(Bytes("too late"));
        _farEnd.ReadOn();

        Assert.Equal(Ending.Restart, await Ended(running));
        Assert.Empty(_ear.Heard);
    }

    [Fact]
    public async Task Frames_over_the_rate_are_forgiven_over_ten_seconds_and_not_sooner()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits { Burst = 1, FramesPerSecond = 1, ExcessFrames = 10 }, Unread.Metrics, _time);
        var running = connection.Run(_ear);
        for (var i = 0; i < 11; i++) _farEnd.Put(Bytes("ping")); // one is heard, ten are too many
        await Condition.Holds(() => _ear.Missed == 10);

        _time.Advance(TimeSpan.FromSeconds(1)); // forgives one, and allows one
        for (var i = 0; i < 2; i++) _farEnd.Put(Bytes("ping"));
        await Condition.Holds(() => _ear.Missed == 11);
        _farEnd.Put(Bytes("ping"));

        Assert.Equal(Ending.TooFast, await Ended(running));
        Assert.Equal(2, _ear.Heard.Count);
    }

    [Fact]
    public async Task Every_piece_of_a_message_counts_as_a_frame_and_a_message_is_dropped_as_a_whole()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits { Burst = 4, FramesPerSecond = 1 }, Unread.Metrics, _time);
        var running = connection.Run(_ear);

        foreach (var text in (string[])["one", "two"])
            for (var i = 0; i < 3; i++) _farEnd.Put(Bytes(text[i..(i + 1)]), isLast: i == 2);
        _farEnd.Close(WebSocketCloseStatus.NormalClosure);

        Assert.Equal(Ending.ClosedByClient, await Ended(running));
        Assert.Equal(["one"], _ear.Heard);
        Assert.Equal(1, _ear.Missed);
    }

    [Fact]
    public async Task Who_goes_on_sending_after_their_mistake_still_reads_why_they_were_closed()
    {
        await using var server = await SocketServer.Start();
        using var client = await server.Join("Ann");
        var flood = Bytes(new string(' ', 4_000));

        await client.Send([1], WebSocketMessageType.Binary);
        for (var sent = flood.Length; sent <= Connection.LastWords; sent += flood.Length) await client.Send(flood);

        Assert.Equal(1003, await client.Closed());
    }

    [Fact]
    public async Task Who_is_silent_is_pinged_after_fifteen_seconds_and_given_up_ten_seconds_later()
    {
        var (limits, patience) = (new WebSocketLimits(), new KeepAlive(new WebSocketLimits()));
        var connection = new Connection(_farEnd.Line, limits, Unread.Metrics, _time);
        var running = connection.Run(_ear);

        Watch(connection, patience, seconds: 14);
        var atFourteen = _farEnd.Pings;
        Watch(connection, patience, seconds: 1);
        var atFifteen = _farEnd.Pings;
        Watch(connection, patience, seconds: 9);
        var isThere = !connection.IsEnding;
        Watch(connection, patience, seconds: 1);

        Assert.Equal((0, 1, true), (atFourteen, atFifteen, isThere));
        Assert.Equal(Ending.Lost, await Ended(running));
        Assert.Null(_farEnd.ClosedByServer);
    }

    [Theory]
    [InlineData((byte)Opcode.Pong)]
    [InlineData((byte)Opcode.Text)]
    public async Task Any_sign_of_life_will_do(byte sign)
    {
        var (limits, patience) = (new WebSocketLimits(), new KeepAlive(new WebSocketLimits()));
        var connection = new Connection(_farEnd.Line, limits, Unread.Metrics, _time);
        var running = connection.Run(_ear);

        for (var i = 0; i < 3; i++)
        {
            Watch(connection, patience, seconds: 24);
            _farEnd.Put([], (Opcode)sign);
            _farEnd.Put(Bytes("so that it is seen"));
            await Condition.Holds(() => _ear.Heard.Count(text => text.Length > 0) == i + 1);
        }

        Assert.False(connection.IsEnding);
        _farEnd.Dispose();
        await Ended(running);
    }

    [Fact]
    public async Task A_line_that_no_longer_answers_pings_is_noticed()
    {
        await using var server = await SocketServer.Start();
        using var dead = await RawClient.Connect(server);
        await dead.Text("""{"type":"new_connection","username":"Ann"}""");
        await Condition.Holds(() => server.Get<Sessions>().All.Any(session => session.User is not null));

        await Condition.Holds(() =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            return server.Get<Admission>().Count == 0;
        });
    }

    /// <summary>Looks at the connection as often as the server does in so many seconds.</summary>
    private static void Watch(Connection connection, KeepAlive patience, int seconds)
    {
        for (var look = 0; look < TimeSpan.FromSeconds(seconds) / patience.Beat; look++) connection.Watch(patience);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<Ending> Ended(Task<Ending> running) => running.WaitAsync(TimeSpan.FromSeconds(20));

    private sealed class Ear : IReceiver
    {
        private int _missed;

        public List<string> Heard { get; } = [];

        public int Missed => Volatile.Read(ref _missed);

        public ValueTask<Ending?> Receive(ReadOnlyMemory<byte> utf8)
        {
            Heard.Add(Encoding.UTF8.GetString(utf8.Span));
            return new((Ending?)null);
        }

        public void Dropped() => Interlocked.Increment(ref _missed);
    }
}
