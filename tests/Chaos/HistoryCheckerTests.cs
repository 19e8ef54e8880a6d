using ConnectFour.Domain;
using FsCheck.Xunit;

namespace ConnectFour.Chaos;

/// <summary>Each promise is broken on purpose, and has to be found: by its own name, and by no other.</summary>
public sealed class HistoryCheckerTests
{
    /// <summary>Six discs in the first column, and the rest of a game that nobody has won yet.</summary>
    private const string Unfinished = "111111";

    [Fact]
    public void A_game_in_which_everything_is_right_breaks_no_promise()
    {
        var scenario = new Scenario().Plays("4152435").GivesUp(Player.Second).SeesEnd(Scenario.Ann, 9, Player.First, "forfeit");

        Assert.Empty(scenario.Check());
    }

    [Property]
    public void A_run_in_which_every_promise_is_kept_breaks_none(int seed)
    {
        var play = new SimulatedPlay(seed);

        Assert.Empty(HistoryChecker.Check(play.History, play.Journal, play.Users));
    }

    /// <summary>Otherwise the property above says nothing.</summary>
    [Fact]
    public void Simulated_play_has_all_kinds_of_answers_and_ends()
    {
        var plays = Enumerable.Range(0, 20).Select(seed => new SimulatedPlay(seed)).ToArray();

        var observations = plays.SelectMany(play => play.History.All).Select(observation => observation.GetType()).Distinct();
        var ends = plays.SelectMany(play => play.Journal).SelectMany(game => game.Events).OfType<GameEvent.Ended>().Select(end => end.Outcome.GetType()).Distinct();

        Assert.Equal(typeof(Observation).GetNestedTypes().Length, observations.Count());
        Assert.Equal(typeof(Outcome).GetNestedTypes().Length - 1, ends.Count()); // Draws are too rare.
    }

    [Fact]
    public void An_acknowledged_move_is_in_the_journal() =>
        Breaks(Promise.AcknowledgedIsThere, "Bob", new Scenario().Plays("443").Asks(3, 5).IsTold(3, 5, 5));

    [Fact]
    public void An_acknowledged_move_is_the_version_that_it_was_said_to_be() =>
        Breaks(Promise.AcknowledgedIsThere, "Bob", new Scenario().Plays("443").Asks(3, 5).IsTold(3, 5, 6).Drops(5));

    [Fact]
    public void An_acknowledged_move_is_in_a_game_that_there_is()
    {
        var scenario = new Scenario().Asks(0, 4).IsTold(0, 4, 2);

        var found = HistoryChecker.Check(scenario.History, [], []);

        Assert.Contains(found, violation => violation.Broken == Promise.AcknowledgedIsThere);
    }

    [Fact]
    public void An_acknowledged_move_is_in_its_column()
    {
        var found = new Scenario().Plays("443").Asks(3, 5).IsTold(3, 5, 5).Drops(6).Check();

        // Whoever asked for column 5 did not ask for column 6.
        Assert.Equal([Promise.AcknowledgedIsThere, Promise.UnknownAtMostOnce], found.Select(violation => violation.Broken));
    }

    [Fact]
    public void A_refused_move_is_not_in_the_journal() =>
        Breaks(Promise.RefusedIsNotThere, "Bob", new Scenario().Plays("443").Asks(3, 5).IsRefused(3, 5, "stale").Drops(5));

    [Fact]
    public void A_refused_move_may_be_there_if_it_was_asked_for_again()
    {
        var acknowledged = new Scenario().Plays("443").Asks(3, 5).IsRefused(3, 5, "stale").Plays("5");
        var unknown = new Scenario().Plays("443").Asks(3, 5).IsRefused(3, 5, "stale").Asks(3, 5).HearsNothing(3, 5).Drops(5);
        var unanswered = new Scenario().Plays("443").Asks(3, 5).IsRefused(3, 5, "stale").Asks(3, 5).Drops(5);

        Assert.All([acknowledged, unknown, unanswered], scenario => Assert.Empty(scenario.Check()));
    }

    [Fact]
    public void An_unknown_move_is_not_there_twice() =>
        Breaks(Promise.UnknownAtMostOnce, "Bob", new Scenario().Plays("4").Asks(1, 3).HearsNothing(1, 3).Drops(3).Asks(2, 4).HearsNothing(2, 4).Drops(4).Drops(3));

    [Fact]
    public void An_unknown_move_may_be_there_or_not()
    {
        var there = new Scenario().Plays("4").Asks(1, 3).HearsNothing(1, 3).Drops(3);
        var gone = new Scenario().Plays("4").Asks(1, 3).HearsNothing(1, 3);

        Assert.All([there, gone], scenario => Assert.Empty(scenario.Check()));
    }

    [Fact]
    public void A_disc_that_nobody_asked_for_is_not_there() => Breaks(Promise.UnknownAtMostOnce, "Bob", new Scenario().Plays("4").Drops(3));

    [Fact]
    public void A_full_column_gets_no_seventh_disc() => Breaks(Promise.GamesAreLegal, "ply 6", new Scenario().Plays(Unfinished).Plays("1"));

    [Fact]
    public void No_disc_follows_a_line_of_four() => Breaks(Promise.GamesAreLegal, "ply 7", new Scenario().Plays("1212121").Plays("2"));

    [Fact]
    public void A_game_that_ends_by_a_line_shows_one() =>
        Breaks(Promise.GamesAreLegal, "ply 6", new Scenario().Plays(Unfinished).Ends(new Outcome.FourInLine(Player.First, default)));

    [Fact]
    public void A_flag_falls_only_for_the_player_to_move() =>
        Breaks(Promise.GamesAreLegal, "ply 1", new Scenario(TimeControl.Default).Plays("4").Passes(500).Ends(new Outcome.Flag(Player.First)));

    [Fact]
    public void A_flag_does_not_fall_before_the_clock_does() =>
        Breaks(Promise.GamesAreLegal, "ply 1", new Scenario(TimeControl.Default).Plays("4").Passes(5).Ends(new Outcome.Flag(Player.Second)));

    [Fact]
    public void Nobody_is_absent_who_is_there() =>
        Breaks(Promise.GamesAreLegal, "Bob was there", new Scenario().Plays("4").Passes(500).Ends(new Outcome.Absence(Player.Second)));

    [Fact]
    public void Who_has_come_back_is_not_absent() =>
        Breaks(Promise.GamesAreLegal, "Bob was there", new Scenario().Plays("4").Cut(Scenario.Bob).Passes(50).Comes(Scenario.Bob).Passes(50).Ends(new Outcome.Absence(Player.Second)));

    [Fact]
    public void Whoever_has_a_line_left_is_not_absent() =>
        Breaks(Promise.GamesAreLegal, "Bob was there", new Scenario().Plays("4").Comes(Scenario.Bob).Cut(Scenario.Bob).Passes(500).Ends(new Outcome.Absence(Player.Second)));

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 15)]
    public void An_absence_costs_a_game_when_the_grace_is_over_and_no_earlier(bool onPurpose, double seconds)
    {
        Scenario Lost(double after) => new Scenario().Plays("4").Comes(Scenario.Bob).Cut(Scenario.Bob, onPurpose).Passes(1).Cut(Scenario.Bob).Passes(after).Ends(new Outcome.Absence(Player.Second));

        Breaks(Promise.GamesAreLegal, "Bob was there until", Lost(seconds - 1));
        Assert.Empty(Lost(seconds).Check());
    }

    [Fact]
    public void A_game_that_nobody_gave_up_is_not_forfeited() =>
        Breaks(Promise.GamesAreLegal, "Bob never gave it up", new Scenario().Plays("4").Ends(new Outcome.Forfeit(Player.Second)));

    [Fact]
    public void It_is_not_the_opponent_who_has_given_up_nor_another_game()
    {
        var another = new Scenario().Plays("4").Quits(Scenario.Bob, new GameId("another")).Ends(new Outcome.Forfeit(Player.Second));
        var opponents = new Scenario().Plays("4").Quits(Scenario.Ann).Ends(new Outcome.Forfeit(Player.Second));

        Assert.All([another, opponents], scenario => Assert.Equal(Promise.GamesAreLegal, Assert.Single(scenario.Check()).Broken));
    }

    [Fact]
    public void A_game_does_not_end_twice() =>
        Breaks(Promise.GamesEndOnce, "2 times", new Scenario().Plays("44").GivesUp(Player.First).Ends(new Outcome.Absence(Player.Second)));

    [Fact]
    public void Nothing_follows_the_end_of_a_game() =>
        Breaks(Promise.GamesEndOnce, "version 5", new Scenario().Plays("44").GivesUp(Player.First).Asks(2, 4).Drops(4));

    [Fact]
    public void The_end_that_a_client_saw_is_in_the_journal() =>
        Breaks(Promise.GamesEndOnce, "Bob", new Scenario().Plays("44").SeesEnd(Scenario.Bob, 4, Player.Second, "forfeit"));

    [Fact]
    public void The_end_that_a_client_saw_is_the_one_in_the_journal() =>
        Breaks(Promise.GamesEndOnce, "Bob", new Scenario().Plays("44").GivesUp(Player.First).SeesEnd(Scenario.Bob, 4, Player.First, "forfeit"));

    [Fact]
    public void A_line_of_four_is_an_end() => Breaks(Promise.GamesEndOnce, "ply 7", new Scenario().Plays("1212121"));

    [Theory]
    [InlineData(2, "44")]
    [InlineData(3, "44")]
    public void A_view_goes_forward_only(int version, string moves)
    {
        var found = new Scenario().Plays("44").Shown(Scenario.Bob, version, moves[..(version - 1)]).Check();

        Assert.Equal(Promise.ViewsMatch, Assert.Single(found).Broken);
    }

    [Fact]
    public void A_view_shows_what_is_in_the_journal() =>
        Breaks(Promise.ViewsMatch, "Bob", new Scenario().Plays("44").Asks(2, 3).Drops(3).Shown(Scenario.Bob, 4, "445"));

    [Fact]
    public void A_view_shows_no_version_that_the_journal_does_not_have() => Breaks(Promise.ViewsMatch, "Bob", new Scenario().Plays("44").Shown(Scenario.Bob, 4, "443"));

    [Fact]
    public void A_record_is_the_sum_of_the_games()
    {
        var scenario = new Scenario().Plays("44").GivesUp(Player.First);

        var twice = HistoryChecker.Check(scenario.History, scenario.Journal, [new(Scenario.Ann, 0, 1, 0), new(Scenario.Bob, 2, 0, 0)]);
        var never = HistoryChecker.Check(scenario.History, scenario.Journal, [new(Scenario.Ann, 0, 1, 0)]);
        var unheardOf = HistoryChecker.Check(scenario.History, scenario.Journal, [.. scenario.Users, new(UserName.From("Carol"), 0, 0, 1)]);

        Assert.All([twice, never, unheardOf], found => Assert.Equal(Promise.RecordsMatch, Assert.Single(found).Broken));
    }

    [Theory]
    [InlineData(47)] // The clock ran on during the outage of 10 s.
    [InlineData(57)] // The outage was given back, the 10 s were not.
    public void A_clock_does_not_run_while_the_server_is_away(double seconds) =>
        Breaks(Promise.OutagesAreFree, "Bob", Clocked().Passes(2).Outage(10).Passes(seconds).Ends(new Outcome.Flag(Player.Second)));

    [Fact]
    public void A_flag_may_fall_when_what_an_outage_took_has_been_given_back()
    {
        // A minute for the turn, and 10 s; 3 s have passed before the outage.
        var scenario = Clocked().Passes(2).Outage(10).Passes(60 + 10 - 3).Ends(new Outcome.Flag(Player.Second));

        Assert.Empty(scenario.Check());
    }

    [Fact]
    public void A_flag_that_had_fallen_before_the_outage_has_fallen()
    {
        var scenario = Clocked().Passes(60).Outage(10).Ends(new Outcome.Flag(Player.Second));

        Assert.Empty(scenario.Check());
    }

    [Fact]
    public void An_outage_in_an_earlier_turn_is_given_back_too()
    {
        // Ann has used 3 s of her minute and got 10 s and 1 s; Bob's turn takes 1 s, and hers begins.
        var early = Clocked(plies: 0).Passes(2).Outage(10).Plays("44").Passes(50).Outage(1).Passes(1).Ends(new Outcome.Flag(Player.First));
        var late = Clocked(plies: 0).Passes(2).Outage(10).Plays("44").Passes(50).Outage(1).Passes(27).Ends(new Outcome.Flag(Player.First));

        Assert.Equal(Promise.OutagesAreFree, Assert.Single(early.Check()).Broken);
        Assert.Empty(late.Check());
    }

    /// <summary>Stored when the server was there again; Ann's clock stopped when she moved.</summary>
    [Fact]
    public void Who_moved_just_as_the_server_went_has_lost_nothing_by_that()
    {
        var scenario = Clocked(plies: 0).Passes(2).Plays("4").Passes(17).Plays("4").Passes(60).Ends(new Outcome.Flag(Player.First));
        scenario.History.Add(new Observation.Outage(Instants.At(1), Instants.At(11)));

        Assert.Empty(scenario.Check());
    }

    [Theory]
    [InlineData(63, false)] // The clock ran on meanwhile.
    [InlineData(71, false)]
    [InlineData(74, true)] // Of 20 s the server knows of 15; 3 s of these had passed as Bob's turn began, and 3 s it need not notice.
    public void Whose_turn_began_while_the_server_was_away_does_not_pay_for_the_rest(double seconds, bool isFree)
    {
        var scenario = Clocked(plies: 0).Passes(2).Plays("4").Passes(seconds - 4).Ends(new Outcome.Flag(Player.Second));
        scenario.History.Add(new Observation.Outage(Instants.At(0.5), Instants.At(20.5)));

        Assert.Equal(isFree ? [] : [Promise.OutagesAreFree], scenario.Check().Select(violation => violation.Broken));
    }

    [Fact]
    public void A_move_that_a_lagging_clock_has_stamped_before_its_turn_began_adds_no_time()
    {
        // Bob's first turn has taken none. In his second he has 61 s, and what of the outage counts.
        var scenario = Clocked(plies: 0).Passes(20).Plays("4").Passes(-9).Plays("4").Passes(17).Plays("4").Passes(1).Outage(10).Passes(65).Ends(new Outcome.Flag(Player.Second));

        Assert.Empty(scenario.Check());
    }

    [Fact]
    public void Nobody_is_absent_because_the_server_is() =>
        Breaks(Promise.OutagesAreFree, "Bob", new Scenario().Plays("4").Outage(10).Passes(50).Ends(new Outcome.Absence(Player.Second)));

    [Fact]
    public void An_absence_does_not_grow_while_the_server_is_away() =>
        Breaks(Promise.OutagesAreFree, "Bob", new Scenario().Plays("4").Cut(Scenario.Bob).Passes(20).Outage(10).Passes(30).Ends(new Outcome.Absence(Player.Second)));

    /// <summary>The line ended while the server was away: some seconds of the outage are the player's, and the rest are not.</summary>
    [Fact]
    public void An_absence_that_begins_in_an_outage_does_not_grow_until_the_server_is_back()
    {
        var away = new Observation.Outage(Instants.At(0), Instants.At(30));
        Scenario Lost(double seconds) => new Scenario().Plays("4").Passes(18).Cut(Scenario.Bob).Passes(seconds).Ends(new Outcome.Absence(Player.Second));
        var (early, late) = (Lost(64), Lost(66));
        early.History.Add(away);
        late.History.Add(away);

        Assert.Equal(Promise.OutagesAreFree, Assert.Single(early.Check()).Broken);
        Assert.Empty(late.Check());
    }

    [Fact]
    public void Who_came_back_after_an_outage_is_not_absent() =>
        Breaks(Promise.GamesAreLegal, "Bob was there", new Scenario().Plays("4").Outage(10).Passes(1).Comes(Scenario.Bob).Passes(45).Ends(new Outcome.Absence(Player.Second)));

    [Theory]
    [InlineData(false, 62)]
    [InlineData(true, 17)]
    public void Who_stays_away_after_an_outage_is_absent(bool onPurpose, double seconds)
    {
        var scenario = new Scenario().Plays("4").Cut(Scenario.Bob, onPurpose).Passes(1).Outage(10).Passes(seconds).Ends(new Outcome.Absence(Player.Second));

        Assert.Empty(scenario.Check());
    }

    /// <summary>A game with a minute each and a second for every move; the last turn has lasted a second.</summary>
    private static Scenario Clocked(int plies = 1) => new Scenario(TimeControl.From(60, 1)).Plays(new string('4', plies));

    private static void Breaks(Promise promise, string named, Scenario scenario)
    {
        var violation = Assert.Single(scenario.Check());

        Assert.Equal(promise, violation.Broken);
        Assert.Contains(named, violation.Sentence, StringComparison.Ordinal);
    }
}
