namespace ConnectFour.Domain.Tests;

/// <summary>A game goes on after the server was away.</summary>
public sealed class ResumeTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly TimeSpan Extra = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_running_clock_gets_the_outage_back_and_some_time_to_find_back()
    {
        var game = Started(TimeControl.From(60, 2)).Play(Ann, 0, Column.From(4), Instants.At(5)).Next;

        var resumed = game.Resume(left: Instants.At(8), Extra, now: Instants.At(500)).Next;

        Assert.Equal(TimeSpan.FromSeconds(60 - 3 + 10), resumed.Clock!.Remaining(Player.Second, Instants.At(500)));
        Assert.Equal(TimeSpan.FromSeconds(60 - 5 + 2), resumed.Clock.Remaining(Player.First, Instants.At(500)));
        Assert.Equal(Instants.At(567), resumed.Clock.FallsAt);
        Assert.Equal(game.Version + 1, resumed.Version);
    }

    [Fact]
    public void A_flag_that_was_about_to_fall_when_the_server_went_gets_the_time_to_find_back()
    {
        var resumed = Started(TimeControl.From(5, 0)).Resume(left: Instants.At(5), Extra, now: Instants.At(60)).Next;

        Assert.Equal(Extra, resumed.Clock!.Remaining(Player.First, Instants.At(60)));
    }

    [Fact]
    public void When_nobody_knows_how_long_the_server_was_there_the_whole_turn_is_given_back()
    {
        var resumed = Started(TimeControl.From(60, 0)).Resume(DateTimeOffset.MinValue, Extra, now: Instants.At(1_000)).Next;

        Assert.Equal(TimeSpan.FromSeconds(70), resumed.Clock!.Remaining(Player.First, Instants.At(1_000)));
    }

    [Fact]
    public void Without_clocks_nothing_has_to_be_given_back()
    {
        var game = Started(null);

        Assert.Same(game, game.Resume(Instants.At(1), Extra, Instants.At(9)).Next);
        Assert.Throws<ArgumentException>(() => Game.Replay([Start(null), new GameEvent.Resumed(Extra, Instants.At(9))]));
    }

    [Fact]
    public void A_finished_game_does_not_go_on()
    {
        var over = Started(TimeControl.Default).Quit(Ann, Instants.At(1)).Next;

        Assert.Equal(Refusal.GameIsOver, over.Resume(Instants.At(1), Extra, Instants.At(9)).Why);
    }

    private static Game Started(TimeControl? control) => Game.Start(Start(control));

    private static GameEvent.Started Start(TimeControl? control) =>
        new(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), control, Instants.Start);
}
