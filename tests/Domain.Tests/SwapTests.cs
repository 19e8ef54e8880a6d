namespace ConnectFour.Domain.Tests;

/// <summary>The pie rule: after the first disc the other side may take it over.</summary>
public sealed class SwapTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    [Fact]
    public void Who_takes_the_first_disc_over_is_player_1_and_the_other_moves_again()
    {
        var swapped = Opened().Swap(Bob, Instants.Start).Next;

        Assert.Equal((new Seat(Bob, DiscColour.Red), new Seat(Ann, DiscColour.Yellow)), (swapped.First, swapped.Second));
        Assert.Equal((3, "4", Player.Second, true), (swapped.Version, swapped.Moves.ToString(), swapped.ToMove, swapped.IsSwapped));
        Assert.Equal(Refusal.NotYourTurn, swapped.Play(Bob, 1, Column.From(4), Instants.Start).Why);
        Assert.Equal("44", swapped.Play(Ann, 1, Column.From(4), Instants.Start).Next.Moves.ToString());
    }

    [Fact]
    public void The_disc_counts_for_whoever_took_it_over()
    {
        var game = "4151617".Aggregate(New(), (game, digit) =>
        {
            if (game.Moves.Plies == 1 && !game.IsSwapped) game = game.Swap(Bob, Instants.Start).Next;
            return game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), Instants.Start).Next;
        });

        Assert.Equal(Bob, game[game.Outcome!.Winner!.Value].Name);
    }

    [Fact]
    public void Each_takes_their_time_along_and_to_swap_is_a_move()
    {
        var opened = New(TimeControl.From(60, 5)).Play(Ann, 0, Column.From(4), Instants.At(10)).Next;

        var swapped = opened.Swap(Bob, Instants.At(30)).Next;

        Assert.Equal(TimeSpan.FromSeconds(45), swapped.Clock!.Remaining(Player.First, Instants.At(30)));
        Assert.Equal(TimeSpan.FromSeconds(55), swapped.Clock.Remaining(Player.Second, Instants.At(30)));
        Assert.Equal((Player.Second, TimeSpan.FromSeconds(50)), (swapped.Clock.Running, swapped.Clock.Remaining(Player.Second, Instants.At(35))));
    }

    [Fact]
    public void A_swap_is_refused_when_there_is_nothing_to_take_over()
    {
        var answered = Opened().Play(Bob, 1, Column.From(4), Instants.Start).Next;
        var over = Opened().Quit(Ann, Instants.Start).Next;

        Assert.Equal(Refusal.CannotSwap, New().Swap(Bob, Instants.Start).Why);
        Assert.Equal(Refusal.CannotSwap, Opened().Swap(Ann, Instants.Start).Why);
        Assert.Equal(Refusal.CannotSwap, answered.Swap(Bob, Instants.Start).Why);
        Assert.Equal(Refusal.CannotSwap, New(swap: Balance.None).Play(Ann, 0, Column.From(4), Instants.Start).Next.Swap(Bob, Instants.Start).Why);
        Assert.Equal(Refusal.NotAPlayer, Opened().Swap(UserName.From("Cy"), Instants.Start).Why);
        Assert.Equal(Refusal.GameIsOver, over.Swap(Bob, Instants.Start).Why);
        Assert.Equal(Refusal.TimeIsUp, New(TimeControl.From(5, 0)).Play(Ann, 0, Column.From(4), Instants.Start).Next.Swap(Bob, Instants.At(5)).Why);
    }

    [Fact]
    public void What_is_sent_again_changes_nothing()
    {
        var swapped = Opened().Swap(Bob, Instants.Start).Next;

        Assert.Same(swapped, swapped.Swap(Bob, Instants.At(1)).Next);
        Assert.Same(swapped, swapped.Play(Ann, 0, Column.From(4), Instants.At(1)).Next);
        Assert.Equal(Refusal.Stale, swapped.Play(Ann, 0, Column.From(3), Instants.At(1)).Why);
        Assert.Equal(Refusal.NotYourTurn, swapped.Play(Bob, 0, Column.From(4), Instants.At(1)).Why);
        Assert.Equal(Refusal.CannotSwap, swapped.Swap(Ann, Instants.At(1)).Why);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_swapped_game_is_replayed_as_it_was_played(FinishedPlay play)
    {
        var start = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), new Terms(TimeControl.Default, Balance.Swap), Instants.Start);
        var (game, events) = (Game.Start(start), new List<GameEvent> { start });
        foreach (var ply in Enumerable.Range(0, play.Moves.Plies))
        {
            if (ply == 1) Take(game.Swap(Bob, Instants.At(ply)));
            Take(game.Play(game[game.ToMove!.Value].Name, ply, play.Moves[ply], Instants.At(ply)));
        }

        Assert.Equal(game, Game.Replay(events));
        Assert.Equal(game.Moves.Board.Winner, game.Outcome!.Winner);

        void Take(Decision<Game, GameEvent> decision)
        {
            game = decision.Next;
            events.AddRange(((Decision<Game, GameEvent>.Accepted)decision).Events);
        }
    }

    [Fact]
    public void A_swap_out_of_place_makes_no_game()
    {
        var start = new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Instants.Start);
        var disc = new GameEvent.DiscDropped(Player.First, Column.From(4), Instants.Start);
        var swap = new GameEvent.Swapped(Instants.Start);
        var agreed = start with { Terms = new Terms(null, Balance.Swap) };

        Assert.Throws<ArgumentException>(() => Game.Replay([start, disc, swap]));
        Assert.Throws<ArgumentException>(() => Game.Replay([agreed, swap]));
        Assert.Throws<ArgumentException>(() => Game.Replay([agreed, disc, swap, swap]));
    }

    [Fact]
    public void The_lobby_seats_both_on_their_new_sides_and_the_result_counts_for_them()
    {
        var lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob").Playing("Ann", "Bob");
        var swapped = Opened().Swap(Bob, Instants.Start).Next;

        var changed = (Decision<Lobby, LobbyEvent>.Accepted)lobby.ChangeSides(swapped);
        var left = changed.Next.LeaveSeats(swapped.Id, swapped.First, swapped.Second, new Outcome.Forfeit(Player.Second)).Next;

        Assert.Equal((Player.Second, Player.First), (changed.Next.Users[Ann].Games[0].Side, changed.Next.Users[Bob].Games[0].Side));
        Assert.IsType<LobbyEvent.SidesChanged>(Assert.Single(changed.Events));
        Assert.Same(changed.Next, changed.Next.ChangeSides(swapped).Next);
        Assert.Equal((new Tally(0, 1, 0), new Tally(1, 0, 0)), (left.Users[Ann].Tally, left.Users[Bob].Tally));
    }

    [Fact]
    public void The_result_counts_for_them_even_if_the_lobby_has_not_heard_of_the_swap()
    {
        var lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob").Playing("Ann", "Bob");
        var swapped = Opened().Swap(Bob, Instants.Start).Next;

        var left = lobby.LeaveSeats(swapped.Id, swapped.First, swapped.Second, new Outcome.Forfeit(Player.Second)).Next;

        Assert.Equal((new Tally(0, 1, 0), new Tally(1, 0, 0)), (left.Users[Ann].Tally, left.Users[Bob].Tally));
    }

    [Theory]
    [InlineData(UserKind.Account, UserKind.Account, true, Stakes.Rated)]
    [InlineData(UserKind.Account, UserKind.Account, false, Stakes.Casual)]
    [InlineData(UserKind.Account, UserKind.Guest, true, Stakes.Casual)]
    [InlineData(UserKind.Guest, UserKind.Account, true, Stakes.Casual)]
    [InlineData(UserKind.Account, UserKind.Bot, true, Stakes.Casual)]
    public void A_game_is_rated_between_accounts_with_a_clock(UserKind first, UserKind second, bool withClock, Stakes stakes)
    {
        Assert.Equal(stakes, new Terms(withClock ? TimeControl.Default : null).Stakes(first, second));
    }

    private static Game Opened() => New().Play(Ann, 0, Column.From(4), Instants.Start).Next;

    private static Game New(TimeControl? control = null, Balance swap = Balance.Swap) =>
        Game.Start(new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), new Terms(control, swap), Instants.Start));
}
