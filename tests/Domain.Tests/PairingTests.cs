using System.Collections.Immutable;
using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Accepted;

namespace ConnectFour.Domain.Tests;

/// <summary>Quick pairing.</summary>
public sealed class PairingTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly UserName Cy = UserName.From("Cy");
    private static readonly TimeControl Blitz = TimeControl.From(60, 1);
    private static readonly ImmutableArray<UserName> Everybody = [Ann, Bob, Cy, UserName.From("Dee")];

    private readonly Lobby _lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob", "Cy", "Dee");

    [Fact]
    public void Whoever_comes_first_waits_and_is_told_so()
    {
        var decision = (Accepted)Seek(_lobby, Ann, 0, Blitz);

        Assert.Equal(Instants.At(0), decision.Next.Users[Ann].Seek!.Since);
        Assert.Equal(Ann, Assert.IsType<LobbyEvent.SeekStarted>(Assert.Single(decision.Events)).User.Name);
        Assert.Equal(UserState.Available, decision.Next.Users[Ann].State);
    }

    [Fact]
    public void Who_waits_longest_is_paired_and_starts()
    {
        var waiting = Seek(Seek(_lobby, Ann, 0, null).Next, Bob, 5, Blitz).Next;

        var decision = (Accepted)Seek(waiting, Cy, 10, Blitz, null);

        var taken = Assert.IsType<LobbyEvent.SeatsTaken>(decision.Events[^1]);
        Assert.Equal((Ann, Cy, null), (taken.First.Name, taken.Second.Name, taken.Terms.Control));
        Assert.Equal([Ann, Cy], decision.Events.OfType<LobbyEvent.SeekEnded>().Select(ended => ended.User.Name));
        Assert.All(decision.Events.OfType<LobbyEvent.SeekEnded>(), ended => Assert.Equal(taken.Game, ended.Game));
        Assert.Null(decision.Next.Users[Ann].Seek);
        Assert.NotNull(decision.Next.Users[Bob].Seek);
    }

    [Fact]
    public void Of_the_clocks_that_both_want_the_waiting_one_s_dearest_is_played()
    {
        var waiting = Seek(_lobby, Ann, 0, TimeControl.Default, Blitz, null).Next;

        var decision = (Accepted)Seek(waiting, Bob, 1, null, Blitz);

        Assert.Equal(Blitz, decision.Events.OfType<LobbyEvent.SeatsTaken>().Single().Terms.Control);
    }

    [Fact]
    public void Nobody_is_paired_with_who_wants_another_game()
    {
        var waiting = Seek(_lobby, Ann, 0, Blitz).Next;

        Assert.IsType<LobbyEvent.SeekStarted>(Assert.Single(((Accepted)Seek(waiting, Bob, 1, TimeControl.Default)).Events));
        Assert.IsType<LobbyEvent.SeekStarted>(Assert.Single(((Accepted)waiting.Seek(Bob, [Blitz], Balance.Swap, Everybody, new GameId("g"), Instants.At(1))).Events));
    }

    [Fact]
    public void Nobody_is_paired_with_who_blocks_them_or_is_blocked_or_plays_with_accounts_only()
    {
        var waiting = Seek(_lobby, Ann, 0, Blitz).Next;

        Assert.NotNull(Seek(waiting.Block(Ann, Bob).Next, Bob, 1, Blitz).Next.Users[Ann].Seek);
        Assert.NotNull(Seek(waiting.Block(Bob, Ann).Next, Bob, 1, Blitz).Next.Users[Ann].Seek);
        Assert.NotNull(Seek(waiting.Allow(Ann, ChallengePolicy.Accounts).Next, Bob, 1, Blitz).Next.Users[Ann].Seek);
        Assert.NotNull(Seek(waiting.Allow(Bob, ChallengePolicy.Accounts).Next, Bob, 1, Blitz).Next.Users[Ann].Seek);
        Assert.Null(Seek(waiting.Allow(Ann, ChallengePolicy.Nobody).Next, Bob, 1, Blitz).Next.Users[Ann].Seek);
    }

    [Fact]
    public void Who_is_away_or_has_an_invitation_is_passed_over_and_keeps_their_place()
    {
        var away = Seek(_lobby, Ann, 0, Blitz).Next.Cut("Ann", Instants.At(1));
        var invited = Seek(_lobby, Ann, 0, Blitz).Next.Invited("Cy", "Ann");

        Assert.Equal(Instants.At(0), Seek(away, Bob, 2, Blitz).Next.Users[Ann].Seek!.Since);
        Assert.Equal(Instants.At(0), Seek(invited, Bob, 2, Blitz).Next.Users[Ann].Seek!.Since);
        Assert.Equal(Refusal.YouAreBusy, Seek(invited, Ann, 2, Blitz).Why);
    }

    [Fact]
    public void Who_could_not_be_paired_at_once_is_paired_later()
    {
        var waiting = Seek(Seek(_lobby, Ann, 0, Blitz).Next.Invited("Cy", "Ann"), Bob, 2, Blitz).Next;

        var still = waiting.Pair(Bob, Everybody, new GameId("g"), Instants.At(3));
        var paired = (Accepted)waiting.Decline(Ann, Cy).Next.Pair(Bob, Everybody, new GameId("g"), Instants.At(3));

        Assert.Same(waiting, still.Next);
        Assert.Equal((Ann, Bob), paired.Events.OfType<LobbyEvent.SeatsTaken>().Select(taken => (taken.First.Name, taken.Second.Name)).Single());
    }

    [Fact]
    public void Seeking_again_keeps_the_place_and_changes_the_wish()
    {
        var waiting = Seek(Seek(_lobby, Ann, 0, Blitz).Next, Ann, 7, null).Next;

        Assert.Equal(new Seek([null], Balance.None, Instants.At(0)), waiting.Users[Ann].Seek);
    }

    [Fact]
    public void Who_stops_waiting_or_begins_another_game_waits_no_longer()
    {
        var waiting = Seek(_lobby, Ann, 0, Blitz).Next;

        var stopped = (Accepted)waiting.Unseek(Ann);
        var playing = (Accepted)waiting.Invited("Cy", "Ann").Accept(Ann, Cy, new GameId("g"), Instants.At(1));

        Assert.Null(stopped.Next.Users[Ann].Seek);
        Assert.Null(Assert.IsType<LobbyEvent.SeekEnded>(Assert.Single(stopped.Events)).Game);
        Assert.Empty(((Accepted)stopped.Next.Unseek(Ann)).Events);
        Assert.Null(Assert.Single(playing.Events.OfType<LobbyEvent.SeekEnded>()).Game);
    }

    [Fact]
    public void Who_plays_as_many_games_as_they_may_seeks_none()
    {
        var full = Lobbies.Of(Lobbies.Impatient with { MaxGames = 1 }, "Ann", "Bob").Playing("Ann", "Bob");

        Assert.Equal(Refusal.TooManyGames, full.Seek(Ann, [null], Balance.None, [], new GameId("x"), Instants.Start).Why);
        Assert.Equal(Refusal.UnknownUser, full.Seek(Cy, [null], Balance.None, [], new GameId("x"), Instants.Start).Why);
    }

    private static Decision<Lobby, LobbyEvent> Seek(Lobby lobby, UserName by, int at, params TimeControl?[]? controls) =>
        lobby.Seek(by, [.. controls ?? [null]], Balance.None, Everybody, new GameId("g"), Instants.At(at));
}
