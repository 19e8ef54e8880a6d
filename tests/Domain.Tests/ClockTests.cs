namespace ConnectFour.Domain.Tests;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeControl Control = TimeControl.From(60, 2);

    [Fact]
    public void Only_the_first_player_s_time_runs_at_first()
    {
        var clock = Clock.Started(Control, Start);

        var now = Start.AddSeconds(10);

        Assert.Equal(Player.First, clock.Running);
        Assert.Equal(TimeSpan.FromSeconds(50), clock.Remaining(Player.First, now));
        Assert.Equal(TimeSpan.FromSeconds(60), clock.Remaining(Player.Second, now));
        Assert.Equal(Start.AddSeconds(60), clock.FallsAt);
    }

    [Fact]
    public void A_move_gives_the_increment_and_starts_the_other_clock()
    {
        var clock = Clock.Started(Control, Start).Pressed(Player.First, Start.AddSeconds(10));

        var now = Start.AddSeconds(15);

        Assert.Equal(Player.Second, clock.Running);
        Assert.Equal(TimeSpan.FromSeconds(52), clock.Remaining(Player.First, now));
        Assert.Equal(TimeSpan.FromSeconds(55), clock.Remaining(Player.Second, now));
    }

    [Fact]
    public void Time_is_never_below_zero_and_a_reading_from_before_the_turn_adds_none()
    {
        var clock = Clock.Started(Control, Start);

        Assert.Equal(TimeSpan.Zero, clock.Remaining(Player.First, Start.AddHours(1)));
        Assert.Equal(Control.Initial, clock.Remaining(Player.First, Start.AddSeconds(-1)));
    }

    [Fact]
    public void A_move_read_from_before_the_turn_takes_nothing_from_the_opponent()
    {
        var clock = Clock.Started(Control, Start).Pressed(Player.First, Start.AddSeconds(-1));

        Assert.Equal(Control.Initial, clock.Remaining(Player.Second, Start));
    }

    [Fact]
    public void A_stopped_clock_keeps_what_was_left_and_never_falls()
    {
        var clock = Clock.Started(Control, Start).Stopped(Start.AddSeconds(10));

        Assert.Null(clock.Running);
        Assert.Null(clock.FallsAt);
        Assert.False(clock.HasFallen(Start.AddYears(1)));
        Assert.Equal(TimeSpan.FromSeconds(50), clock.Remaining(Player.First, Start.AddYears(1)));
    }

    [Fact]
    public void Whose_time_does_not_run_cannot_press_the_clock()
    {
        var clock = Clock.Started(Control, Start);

        Assert.Throws<InvalidOperationException>(() => clock.Pressed(Player.Second, Start));
    }

    [Property]
    public void Both_clocks_together_lose_exactly_the_time_that_passed(byte[] thoughts)
    {
        var clock = Clock.Started(TimeControl.From(10_800, 3), Start);
        var now = Start;

        foreach (var seconds in thoughts)
        {
            now += TimeSpan.FromSeconds(seconds / 10.0);
            clock = clock.Pressed(clock.Running!.Value, now);
        }

        var left = clock.Remaining(Player.First, now) + clock.Remaining(Player.Second, now);
        Assert.Equal(2 * TimeSpan.FromSeconds(10_800) + thoughts.Length * TimeSpan.FromSeconds(3) - (now - Start), left);
    }
}
