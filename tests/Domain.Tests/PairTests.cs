namespace ConnectFour.Domain.Tests;

/// <summary>Two games from an opening that is a draw, with sides exchanged.</summary>
public sealed class PairTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    [Fact]
    public void The_opening_lies_on_the_board_and_player_1_goes_on()
    {
        var game = New("114477", Stakes.Casual);

        Assert.Equal(("114477", 6, 0, 1, Player.First), (game.Moves.ToString(), game.Board.Plies, game.PliesPlayed, game.Version, game.ToMove));
        Assert.Equal("1144774", game.Play(Ann, 6, Column.From(4), Instants.Start).Next.Moves.ToString());
    }

    [Fact]
    public void A_disc_of_the_opening_was_nobodys_move()
    {
        var game = New("114477", Stakes.Casual);

        Assert.Equal(Refusal.Stale, game.Play(Ann, 0, Column.From(1), Instants.Start).Why);
        Assert.Equal(Refusal.Stale, game.Play(Bob, 5, Column.From(7), Instants.Start).Why);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1212121")]
    public void A_game_begins_from_nothing_that_leaves_player_1_no_disc_to_drop(string opening)
    {
        Assert.Throws<ArgumentException>(() => New(opening, Stakes.Casual));
    }

    [Fact]
    public void The_rematch_of_the_first_game_is_the_second_from_the_same_opening_and_after_that_comes_another_pair()
    {
        var first = new Terms(TimeControl.Default, Balance.Pair).For(new GameId("g1"));

        var second = first.Again().For(new GameId("g2"));
        var third = second.Again().For(new GameId("g3"));

        Assert.Equal((Balance.Pair, BalancedOpenings.Of(new GameId("g1"))), (first.Balance, first.Opening));
        Assert.Equal((Balance.Return, first.Opening), (second.Balance, second.Opening));
        Assert.Equal((Balance.Pair, BalancedOpenings.Of(new GameId("g3"))), (third.Balance, third.Opening));
    }

    [Theory]
    [InlineData(Balance.None)]
    [InlineData(Balance.Swap)]
    public void Every_other_game_begins_on_an_empty_board_and_so_does_its_rematch(Balance balance)
    {
        var terms = new Terms(null, balance).For(new GameId("g"));

        Assert.Equal((terms, 0), (terms.Again(), terms.Opening.Plies));
    }

    [Fact]
    public void Both_sit_on_the_other_side_in_the_second_game()
    {
        var challenged = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob").Challenge(Bob, Ann, new Terms(null, Balance.Pair), new GameId("x"), Instants.Start).Next;
        var started = Seats(challenged.Accept(Ann, Bob, new GameId("g1"), Instants.Start));
        var finished = Game.Start(new GameEvent.Started(started.Game, started.First, started.Second, started.Terms, Instants.Start)).Quit(Ann, Instants.Start).Next;
        var asked = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob").Rematch(Ann, finished, new GameId("x"), Instants.Start).Next;

        var second = Seats(asked.Accept(Bob, Ann, new GameId("g2"), Instants.Start));

        Assert.Equal((finished.Second.Name, finished.First.Name, finished.Opening), (second.First.Name, second.Second.Name, second.Terms.Opening));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("4", false)]
    [InlineData("44", true)]
    public void What_was_played_counts_and_not_the_opening(string moves, bool counts)
    {
        var game = New("114477", Stakes.Rated);
        foreach (var digit in moves) game = game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), Instants.Start).Next;

        Assert.Equal(counts, game.Quit(Ann, Instants.Start).Next.CountsForRatings);
    }

    [Fact]
    public void Openings_are_legal_alike_in_length_and_neither_doubled_nor_mirrored()
    {
        var boards = BalancedOpenings.All.Select(opening => opening.Board).ToHashSet();

        Assert.All(BalancedOpenings.All, opening => Assert.Equal((BalancedOpenings.Plies, false), (opening.Plies, opening.IsFinished)));
        Assert.Equal(BalancedOpenings.All.Length, boards.Count);
        Assert.DoesNotContain(boards, board => board.Mirror() != board && boards.Contains(board.Mirror()));
    }

    [Fact]
    public void Every_opening_is_drawn_for_some_game_and_always_the_same_for_one()
    {
        var drawn = Enumerable.Range(0, 3_000).Select(i => BalancedOpenings.Of(new GameId($"game{i}"))).ToHashSet();

        Assert.Equal(BalancedOpenings.All.Length, drawn.Count);
        Assert.Equal(BalancedOpenings.Of(new GameId("game7")), BalancedOpenings.Of(new GameId("game7")));
    }

    [Fact]
    public void A_record_says_what_lay_there_and_lists_what_was_played()
    {
        var start = Started("114477", Stakes.Casual, TimeControl.Default);
        var moved = (Decision<Game, GameEvent>.Accepted)Game.Start(start).Play(Ann, 6, Column.From(4), Instants.At(1));

        var record = GameRecord.From([start, .. moved.Events]);
        var lines = record.ToString().Split('\n');

        Assert.Contains("[Opening \"114477\"]", lines);
        Assert.Equal("4{181}", lines[^2]);
        Assert.Equal(("114477", "1144774"), (record.Opening.ToString(), record.Moves.ToString()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("18")]
    [InlineData("12121213")]
    public void A_record_with_another_opening_is_refused(string opening)
    {
        var start = Started("114477", Stakes.Casual, null);
        var text = GameRecord.From([start]).ToString().Replace("114477", opening, StringComparison.Ordinal);

        Assert.False(GameRecord.TryParse(text, out _, out var problem));

        Assert.StartsWith("Line ", problem, StringComparison.Ordinal);
    }

    private static LobbyEvent.SeatsTaken Seats(Decision<Lobby, LobbyEvent> decision) => Assert.Single(((Decision<Lobby, LobbyEvent>.Accepted)decision).Events.OfType<LobbyEvent.SeatsTaken>());

    private static Game New(string opening, Stakes stakes) => Game.Start(Started(opening, stakes, TimeControl.Default));

    private static GameEvent.Started Started(string opening, Stakes stakes, TimeControl? control) => new(
        new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), new Terms(control, Balance.Pair) { Opening = Notation.From(opening) }, Instants.Start, stakes);
}
