using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using Xunit;

namespace ConnectFour.TestKit.Contracts;

/// <summary>What every <see cref="IWatchers"/> promises. An implementation's tests derive from this.</summary>
public abstract class WatchersContract
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly GameId Game = new("g");
    private static readonly ConnectionId Tab = new("1");
    private static readonly ConnectionId OtherTab = new("2");

    protected abstract IWatchers Create(LobbyRules rules);

    [Fact]
    public void Watching_twice_is_watching_once()
    {
        var watchers = Create(new LobbyRules());
        watchers.Watch(Ann, Tab, Game);

        var again = watchers.Watch(Ann, Tab, Game);

        Assert.True(again);
        Assert.Equal([Ann], watchers.Of(Game).AsEnumerable());
    }

    [Fact]
    public void A_connection_watches_no_more_games_than_allowed()
    {
        var watchers = Create(new LobbyRules { MaxWatched = 1 });
        watchers.Watch(Ann, Tab, Game);

        var second = watchers.Watch(Ann, Tab, new GameId("h"));
        watchers.Unwatch(Tab, Game);
        var instead = watchers.Watch(Ann, Tab, new GameId("h"));

        Assert.False(second);
        Assert.True(instead);
    }

    [Fact]
    public void What_one_tab_no_longer_watches_another_one_still_does()
    {
        var watchers = Create(new LobbyRules());
        watchers.Watch(Ann, Tab, Game);
        watchers.Watch(Ann, OtherTab, Game);

        watchers.Unwatch(Tab, Game);
        var afterTheFirst = watchers.Of(Game);
        watchers.Forget(OtherTab);

        Assert.Equal([Ann], afterTheFirst.AsEnumerable());
        Assert.Empty(watchers.Of(Game));
    }

    [Fact]
    public void A_finished_game_and_a_connection_that_closed_are_forgotten()
    {
        var watchers = Create(new LobbyRules { MaxWatched = 1 });
        watchers.Watch(Ann, Tab, Game);
        watchers.Watch(Bob, OtherTab, Game);

        watchers.Forget(Tab);
        var left = watchers.Of(Game);
        watchers.Forget(Game);

        Assert.Equal([Bob], left.AsEnumerable());
        Assert.Empty(watchers.Of(Game));
        Assert.True(watchers.Watch(Bob, OtherTab, new GameId("h")));
    }

    [Fact]
    public void What_has_changed_is_said_once()
    {
        var watchers = Create(new LobbyRules());
        watchers.Watch(Ann, Tab, Game);
        watchers.Watch(Bob, OtherTab, Game);

        var (first, second) = (watchers.Changed(), watchers.Changed());
        watchers.Unwatch(Tab, Game);

        Assert.Equal([Game], first.AsEnumerable());
        Assert.Empty(second);
        Assert.Equal([Game], watchers.Changed().AsEnumerable());
    }
}
