using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>How a connection ends.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly FarEnd _farEnd = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _farEnd.Dispose();

    [Fact]
    public async Task More_than_fits_the_outbox_ends_the_connection_as_too_slow_and_is_not_sent()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits { OutboxMessages = 8 }, Unread.Metrics, _time);

        for (var i = 0; i < 9; i++) connection.Send("{}"u8.ToArray());
        var why = await connection.Run(new Deaf());

        Assert.Equal(Ending.TooSlow, why);
        Assert.Equal(4009, (int?)_farEnd.ClosedByServer);
        Assert.Equal(0, connection.Sent);
    }

    [Fact]
    public async Task More_bytes_than_fit_end_it_too_but_one_message_always_fits()
    {
        using var otherEnd = new FarEnd();
        var (large, larger) = (new Connection(_farEnd.Line, new WebSocketLimits { OutboxBytes = 16_384 }, Unread.Metrics, _time), new Connection(otherEnd.Line, new WebSocketLimits { OutboxBytes = 16_384 }, Unread.Metrics, _time));

        large.Send(new byte[20_000]);
        large.End(Ending.Restart);
        larger.Send(new byte[10_000]);
        larger.Send(new byte[10_000]);

        Assert.Equal(Ending.Restart, await large.Run(new Deaf()));
        Assert.Equal(1, large.Sent);
        Assert.Equal(Ending.TooSlow, await larger.Run(new Deaf()));
    }

    [Fact]
    public async Task The_first_reason_counts()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits(), Unread.Metrics, _time);

        connection.End(Ending.TooFast);
        connection.End(Ending.Silent);

        Assert.Equal(Ending.TooFast, await connection.Run(new Deaf()));
        Assert.Equal(4008, (int?)_farEnd.ClosedByServer);
    }

    [Fact]
    public async Task What_was_said_before_the_end_is_still_sent()
    {
        var connection = new Connection(_farEnd.Line, new WebSocketLimits(), Unread.Metrics, _time);

        connection.Send("{}"u8.ToArray());
        connection.End(Ending.Malformed);
        await connection.Run(new Deaf());

        Assert.Equal("{}"u8.ToArray(), await _farEnd.Sent.ReadAsync());
    }

    private sealed class Deaf : IReceiver
    {
        public ValueTask<Ending?> Receive(ReadOnlyMemory<byte> utf8) => default;

        public void Dropped() { }
    }
}
