using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Application.Tests;

public sealed class SeldomTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void However_many_different_things_there_are_to_say_no_more_than_a_hundred_are_said_in_a_while()
    {
        var seldom = new Seldom(_time, TimeSpan.FromMinutes(1));

        var first = Enumerable.Range(0, 1_000).Count(number => seldom.IsDue($"origin {number}"));
        var again = seldom.IsDue("origin 0");
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = Enumerable.Range(0, 1_000).Count(number => seldom.IsDue($"origin {number}"));

        Assert.Equal((100, false, 100), (first, again, later));
    }
}
