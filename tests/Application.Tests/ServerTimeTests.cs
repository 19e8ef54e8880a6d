using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Application.Tests;

public sealed class ServerTimeTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Time_passes_while_the_server_lives()
    {
        using var server = new ServerTime(_time);
        var start = server.Now;

        for (var beat = 0; beat < 20; beat++) _time.Advance(ServerTime.Beat);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(TimeSpan.FromSeconds(10.2), server.Now - start);
    }

    [Fact]
    public void Of_an_hour_that_the_server_was_suspended_two_seconds_count()
    {
        using var server = new ServerTime(_time);
        var start = server.Now;

        _time.Advance(TimeSpan.FromHours(1));
        var awake = server.Now;
        _time.Advance(ServerTime.Beat);

        Assert.Equal(ServerTime.LongestBeat, awake - start);
        Assert.Equal(ServerTime.LongestBeat + ServerTime.Beat, server.Now - start);
    }

    [Fact]
    public void A_step_of_the_wall_clock_changes_nothing()
    {
        var clock = new SteppedClock(_time);
        using var server = new ServerTime(clock);
        var start = server.Now;

        clock.Step = TimeSpan.FromHours(1);
        _time.Advance(ServerTime.Beat);

        Assert.Equal(start + ServerTime.Beat, server.Now);
    }

    /// <summary>A machine whose wall clock somebody sets while it runs.</summary>
    private sealed class SteppedClock(TimeProvider steady) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Step;

        public override long GetTimestamp() => steady.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            steady.CreateTimer(callback, state, dueTime, period);
    }

    [Fact]
    public void A_clock_that_is_followed_sets_the_time_once_and_corrects_it_forwards_from_then_on()
    {
        using var server = new ServerTime(_time);
        var shared = _time.GetUtcNow().AddHours(-1);

        server.Follow(shared, shared.AddMilliseconds(20));
        var set = server.Now;
        _time.Advance(TimeSpan.FromSeconds(1));
        server.Follow(shared.AddSeconds(1.5), shared.AddSeconds(1.6));
        var ahead = server.Now;
        server.Follow(shared.AddSeconds(1), shared.AddSeconds(1.1));
        var behind = server.Now;
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var standing = server.Now;
        _time.Advance(TimeSpan.FromSeconds(0.8));

        Assert.Equal([shared, shared.AddSeconds(1.5), shared.AddSeconds(1.5), shared.AddSeconds(1.5), shared.AddSeconds(2.1)], [set, ahead, behind, standing, server.Now]);
    }

    [Fact]
    public void A_reading_that_took_long_corrects_nothing_that_it_does_not_contradict()
    {
        using var server = new ServerTime(_time);
        var shared = _time.GetUtcNow();
        server.Follow(shared, shared);
        _time.Advance(TimeSpan.FromSeconds(1));

        server.Follow(shared.AddSeconds(0.3), shared.AddSeconds(1.3));

        Assert.Equal(shared.AddSeconds(1), server.Now);
    }

    [Fact]
    public void Without_a_reading_of_the_clock_that_is_followed_time_stands()
    {
        using var server = new ServerTime(_time);
        var shared = _time.GetUtcNow();
        server.Follow(shared, shared);

        for (var beat = 0; beat < 20; beat++) _time.Advance(ServerTime.Beat);

        Assert.Equal(shared + ServerTime.LongestBeat, server.Now);
    }

    [Fact]
    public void While_the_clock_that_is_followed_does_not_answer_it_may_be_later_than_our_time_which_stands_and_then_goes_on()
    {
        using var server = new ServerTime(_time);
        var shared = _time.GetUtcNow();
        server.Follow(shared, shared.AddSeconds(0.5));

        for (var beat = 0; beat < 20; beat++) _time.Advance(ServerTime.Beat);
        var unanswered = (server.AtLatest, server.Standstills);
        server.Follow(shared.AddSeconds(10.2), shared.AddSeconds(10.3));

        Assert.Equal((shared.AddSeconds(10.5), 0), unanswered);
        Assert.Equal((shared.AddSeconds(10.3), 1), (server.AtLatest, server.Standstills));
    }

    [Fact]
    public void A_reading_or_two_may_be_missed()
    {
        using var server = new ServerTime(_time);
        var shared = _time.GetUtcNow();
        server.Follow(shared, shared);

        _time.Advance(TimeSpan.FromSeconds(3));
        server.Follow(shared.AddSeconds(3), shared.AddSeconds(3));

        Assert.Equal((shared.AddSeconds(3), 0), (server.Now, server.Standstills));
    }

    [Fact]
    public void A_server_that_follows_no_clock_knows_of_no_later_time_than_its_own()
    {
        using var server = new ServerTime(_time);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(server.Now, server.AtLatest);
    }
}
