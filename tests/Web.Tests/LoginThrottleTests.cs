using System.Net;
using ConnectFour.Domain;
using ConnectFour.Web.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Web.Tests;

/// <summary>Who got a password wrong, and how long they wait.</summary>
public sealed class LoginThrottleTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_time);

    [Fact]
    public void Four_failures_cost_nothing_and_from_the_fifth_on_the_wait_doubles_up_to_a_minute()
    {
        var waits = Enumerable.Range(0, 14).Select(_ => Fail().TotalSeconds).ToArray();

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60], waits);
    }

    [Fact]
    public void The_wait_is_over_when_it_is_over_and_not_a_moment_earlier()
    {
        for (var failure = 0; failure < 7; failure++) Fail();

        _time.Advance(TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        var before = _throttle.Wait(Ann, Home);
        _time.Advance(TimeSpan.FromTicks(1));
        var after = _throttle.Wait(Ann, Home);

        Assert.Equal((TimeSpan.FromTicks(1), TimeSpan.Zero), (before, after));
    }

    [Fact]
    public void Nobody_waits_for_another_name_or_for_another_address()
    {
        for (var failure = 0; failure < 20; failure++) Fail();

        Assert.Equal(TimeSpan.Zero, _throttle.Wait(UserName.From("Bob"), Home));
        Assert.Equal(TimeSpan.Zero, _throttle.Wait(Ann, IPAddress.Parse("192.0.2.2")));
        Assert.NotEqual(TimeSpan.Zero, _throttle.Wait(UserName.From("aNN"), Home));
    }

    [Fact]
    public void A_success_and_a_quarter_of_an_hour_forgive()
    {
        for (var failure = 0; failure < 6; failure++) Fail();
        _throttle.Succeeded(Ann, Home);
        var afterSuccess = Fail();
        for (var failure = 0; failure < 6; failure++) Fail();

        _time.Advance(TimeSpan.FromMinutes(15));
        var afterAWhile = Fail();

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (afterSuccess, afterAWhile));
    }

    [Fact]
    public void Of_very_many_the_oldest_are_forgotten_and_the_newest_are_not()
    {
        for (var failure = 0; failure < 6; failure++) Fail();
        for (var number = 0; number < 10_000; number++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            for (var failure = 0; failure < (number == 9_999 ? 6 : 1); failure++) _throttle.Failed(UserName.From($"User{number}"), Home);
        }

        Assert.Equal(TimeSpan.Zero, Fail());
        Assert.NotEqual(TimeSpan.Zero, _throttle.Wait(UserName.From("User9999"), Home));
    }

    private TimeSpan Fail()
    {
        _throttle.Failed(Ann, Home);
        return _throttle.Wait(Ann, Home);
    }
}
