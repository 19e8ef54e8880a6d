using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectFour.Chaos;

/// <summary>The network that runs are done on fails as it is told to, and only then.</summary>
public sealed class FaultProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _party = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly FaultProxy _network;

    public FaultProxyTests()
    {
        _party.Start();
        _network = FaultProxy.Before(new Uri($"tcp://{_party.LocalEndpoint}"));
    }

    [Fact]
    public async Task What_is_sent_arrives_whole_and_in_order_both_ways()
    {
        var (near, far) = await Call();
        var much = new byte[3_000_000];
        new Random(1).NextBytes(much);

        var sending = Task.WhenAll(near.SendAsync(much), far.SendAsync(much));
        var arrived = await Task.WhenAll(Read(far, much.Length), Read(near, much.Length));
        await sending;

        Assert.All(arrived, bytes => Assert.Equal(much, bytes));
    }

    [Fact]
    public async Task An_end_of_one_way_is_passed_on_and_the_other_goes_on()
    {
        var (near, far) = await Call();

        near.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await Receive(far, new byte[1]));
        await Say(far, "still here");
        Assert.Equal("still here", await Hear(near, 10));
        far.Close();

        Assert.Equal(0, await Receive(near, new byte[1]));
        await Condition.Holds(() => _network.Lines == 0);
    }

    [Fact]
    public async Task A_reset_of_one_end_is_passed_on()
    {
        var (near, far) = await Call();

        far.LingerState = new LingerOption(true, 0);
        far.Close();

        Assert.True(await IsReset(near));
    }

    [Fact]
    public async Task A_reset_cuts_both_ends_of_all_lines_and_no_later_ones()
    {
        var (one, other) = (await Call(), await Call());

        _network.Reset();

        foreach (var end in (Socket[])[one.Near, one.Far, other.Near, other.Far]) Assert.True(await IsReset(end));
        await Passes(await Call());
    }

    [Fact]
    public async Task A_line_that_stands_still_passes_on_what_it_kept_when_it_moves_again()
    {
        var (near, far) = await Call();

        _network.Fail(Fault.Stall);
        await Say(near, "late");
        var heard = Hear(far, 4);
        await Quiet(far);
        _network.Fail(Fault.None);

        Assert.Equal("late", await heard);
        await Passes((near, far));
    }

    [Fact]
    public async Task What_is_delayed_comes_that_much_later_and_in_order()
    {
        var (near, far) = await Call();
        var (least, begun) = (TimeSpan.FromMilliseconds(100), TimeProvider.System.GetTimestamp());

        _network.Inwards.Fault = new Fault.Delay(least, 2 * least);
        foreach (var letter in "in order") await Say(near, letter.ToString());

        Assert.Equal("in order", await Hear(far, 8));
        Assert.True(TimeProvider.System.GetElapsedTime(begun) > 0.9 * least);
        _network.Fail(Fault.None);
        await Passes((near, far));
    }

    [Fact]
    public async Task A_narrow_line_takes_its_time()
    {
        var (near, far) = await Call();
        var begun = TimeProvider.System.GetTimestamp();

        _network.Inwards.Fault = new Fault.Throttle(1_000);
        await near.SendAsync(new byte[501]);
        await Read(far, 501);

        // A hundred bytes at once, and then as many each tenth of a second, or what a timer takes for one.
        Assert.True(TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(0.45));
    }

    [Fact]
    public async Task A_line_is_cut_in_the_middle_of_what_is_said_and_each_has_its_own_count()
    {
        var (one, other) = (await Call(), await Call());
        await Passes(one);

        _network.Outwards.Fault = new Fault.Cut(7);
        await Say(one.Far, "0123");
        await Say(other.Far, "0123");
        Assert.Equal(["0123", "0123"], await Task.WhenAll(Hear(one.Near, 4), Hear(other.Near, 4)));
        await Say(one.Far, "456789");

        Assert.Equal("456", await HearAll(one.Near));
        Assert.True(await IsReset(one.Far));
        await Say(other.Near, "on");
        Assert.Equal("on", await Hear(other.Far, 2));
    }

    [Fact]
    public async Task A_black_hole_loses_even_the_end_of_the_line_and_nothing_follows_what_was_lost()
    {
        var (gone, cut) = (await Call(), await Call());

        _network.Fail(Fault.BlackHole);
        await Say(cut.Near, "lost");
        gone.Near.Close();
        await Quiet(gone.Far);
        await Quiet(cut.Far);
        _network.Fail(Fault.None);
        await Say(cut.Near, "after");

        await Quiet(cut.Far);
        await Passes(await Call());
    }

    [Fact]
    public async Task One_way_fails_and_the_other_does_not()
    {
        var (near, far) = await Call();

        _network.Outwards.Fault = Fault.BlackHole;
        await Say(near, "asked");
        Assert.Equal("asked", await Hear(far, 5));
        await Say(far, "answered");

        await Quiet(near);
    }

    [Fact]
    public async Task Of_a_line_that_is_half_closed_one_end_hears_no_more_and_the_other_is_not_told()
    {
        var (near, far) = await Call();

        _network.HalfClose(_network.Outwards);
        Assert.Equal(0, await Receive(near, new byte[1]));
        await Say(far, "into the void");
        await Say(near, "hello?");

        Assert.Equal("hello?", await Hear(far, 6));
        await Passes(await Call());
    }

    [Fact]
    public async Task Lines_are_known_by_what_was_said_on_them_at_the_beginning()
    {
        var (asking, hearing) = (await Call(), await Call());
        await Say(asking.Near, "GET x");
        await Say(hearing.Near, "SUBSCRIBE");
        await Hear(asking.Far, 5);
        await Hear(hearing.Far, 9);

        _network.Outwards.Fault = new Fault.Only("SUBSCRIBE", Fault.BlackHole);
        await Say(hearing.Far, "news");

        await Quiet(hearing.Near);
        await Passes(asking);
    }

    [Fact]
    public async Task Whoever_calls_a_party_that_is_away_is_told_so()
    {
        _party.Stop();

        // Perhaps so soon that the call itself ends.
        var told = await Assert.ThrowsAsync<SocketException>(async () => await Receive(await Connect(), new byte[1]));

        Assert.Equal(SocketError.ConnectionReset, told.SocketErrorCode);
        await Condition.Holds(() => _network.Lines == 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _network.DisposeAsync();
        _party.Dispose();
    }

    private async Task<(Socket Near, Socket Far)> Call()
    {
        var near = await Connect();
        var far = await _party.AcceptSocketAsync();
        _sockets.Add(far);
        return (near, far);
    }

    private async Task<Socket> Connect()
    {
        var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(near);
        await near.ConnectAsync(_network.Address.Host, _network.Address.Port);
        return near;
    }

    private static Task<int> Receive(Socket socket, Memory<byte> buffer) => socket.ReceiveAsync(buffer).AsTask().WaitAsync(Patience);

    private static async Task Say(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<byte[]> Read(Socket socket, int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var count = await Receive(socket, bytes.AsMemory(read));
            if (count == 0) throw new EndOfStreamException();
            read += count;
        }
        return bytes;
    }

    private static async Task<string> Hear(Socket socket, int length) => Encoding.ASCII.GetString(await Read(socket, length));

    /// <summary>All that comes before the line ends, however it does.</summary>
    private static async Task<string> HearAll(Socket socket)
    {
        var (heard, buffer) = ("", new byte[100]);
        try
        {
            while (await Receive(socket, buffer) is var count and > 0) heard += Encoding.ASCII.GetString(buffer, 0, count);
        }
        catch (SocketException)
        {
            // The end.
        }
        return heard;
    }

    private static async Task<bool> IsReset(Socket socket)
    {
        try
        {
            await Receive(socket, new byte[1]);
            return false;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static async Task Passes((Socket Near, Socket Far) line)
    {
        await Say(line.Near, "there");
        Assert.Equal("there", await Hear(line.Far, 5));
        await Say(line.Far, "back");
        Assert.Equal("back", await Hear(line.Near, 4));
    }

    /// <summary>Nothing comes for a moment, not even the end.</summary>
    private static async Task Quiet(Socket socket)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.False(socket.Poll(0, SelectMode.SelectRead));
    }
}
