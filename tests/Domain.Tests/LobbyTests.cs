using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Accepted;
using Refused = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Refused;

namespace ConnectFour.Domain.Tests;

/// <summary>The rules of the lobby, a sentence a test.</summary>
public sealed class LobbyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly LobbyRules Rules = Lobbies.Impatient;
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly UserName Cy = UserName.From("Cy");

    private readonly Lobby _lobby = new[] { Ann, Bob, Cy }.Aggregate(Lobby.Empty(Rules), Join);

    [Fact]
    public void Whoever_connects_is_available()
    {
        Assert.Equal(UserState.Available, _lobby.Users[Ann].State);
        Assert.True(_lobby.Users[Ann].IsHere);
    }

    [Fact]
    public void A_name_is_unique_without_regard_to_case()
    {
        var decision = _lobby.Connect(new User(UserName.From("ANN"), UserKind.Guest, new Credential("another"), Now), new ConnectionId("x"));

        Assert.Equal(new Refused(Refusal.NameTaken), decision);
    }

    [Fact]
    public void A_challenger_has_sent_and_the_challenged_has_received_the_same_invitation()
    {
        var lobby = Accept(_lobby.Challenge(Ann, Bob, TimeControl.Default, Id("x"), Now));

        Assert.Equal(UserState.InvitationSent, lobby.Users[Ann].State);
        Assert.Equal(UserState.InvitationReceived, lobby.Users[Bob].State);
        Assert.Same(lobby.Users[Ann].Invitation, lobby.Users[Bob].Invitation);
        Assert.Equal(TimeControl.Default, lobby.Users[Ann].Invitation!.Terms.Control);
        Assert.Equal(Now + TimeSpan.FromSeconds(30), lobby.Users[Ann].Invitation!.ExpiresAt);
    }

    [Fact]
    public void An_accepted_challenge_is_a_game_in_which_the_challenged_is_player_1()
    {
        var decision = Challenged().Accept(Bob, Ann, Id("g"), Now);

        var accepted = Assert.IsType<Accepted>(decision);
        var taken = Assert.Single(accepted.Events.OfType<LobbyEvent.SeatsTaken>());
        Assert.Equal((Bob, Ann), (taken.First.Name, taken.Second.Name));
        Assert.Equal(InvitationEnd.Accepted, Assert.Single(accepted.Events.OfType<LobbyEvent.InvitationEnded>()).How);
        Assert.Equal([new GameSeat(Id("g"), Player.First, Ann)], accepted.Next.Users[Bob].Games.AsEnumerable());
        Assert.Equal([new GameSeat(Id("g"), Player.Second, Bob)], accepted.Next.Users[Ann].Games.AsEnumerable());
        Assert.All([Ann, Bob], name => Assert.Equal(UserState.Playing, accepted.Next.Users[name].State));
    }

    [Fact]
    public void A_declined_a_withdrawn_and_an_expired_invitation_set_both_free()
    {
        var late = Now + Rules.InvitationLifetime;

        var ends = new[]
        {
            (InvitationEnd.Declined, Challenged().Decline(Bob, Ann)),
            (InvitationEnd.Withdrawn, Challenged().Cancel(Ann, Bob)),
            (InvitationEnd.Expired, Challenged().Expire(Challenged().Users[Ann].Invitation!, late)),
        };

        Assert.All(ends, end =>
        {
            var accepted = Assert.IsType<Accepted>(end.Item2);
            Assert.Equal(end.Item1, Assert.IsType<LobbyEvent.InvitationEnded>(Assert.Single(accepted.Events)).How);
            Assert.All([Ann, Bob], name => Assert.Equal(UserState.Available, accepted.Next.Users[name].State));
        });
    }

    [Fact]
    public void An_invitation_does_not_expire_early_and_cannot_be_accepted_late()
    {
        var lobby = Challenged();
        var invitation = lobby.Users[Ann].Invitation!;

        var early = lobby.Expire(invitation, invitation.ExpiresAt.AddTicks(-1));
        var late = lobby.Accept(Bob, Ann, Id("g"), invitation.ExpiresAt);

        Assert.Same(lobby, Accept(early));
        Assert.Equal(new Refused(Refusal.NoSuchInvitation), late);
        Assert.Equal([invitation], lobby.Expired(invitation.ExpiresAt));
    }

    [Fact]
    public void An_invitation_ends_exactly_once()
    {
        var lobby = Challenged();
        var invitation = lobby.Users[Ann].Invitation!;
        var ended = Accept(lobby.Decline(Bob, Ann));

        var again = new[] { ended.Decline(Bob, Ann), ended.Cancel(Ann, Bob), ended.Accept(Bob, Ann, Id("g"), Now) };

        Assert.All(again, decision => Assert.Equal(new Refused(Refusal.NoSuchInvitation), decision));
        Assert.Empty(((Accepted)ended.Expire(invitation, Now.AddHours(1))).Events);
    }

    [Fact]
    public void Only_the_challenger_withdraws_and_only_the_challenged_answers()
    {
        var lobby = Challenged();

        var wrong = new[] { lobby.Cancel(Bob, Ann), lobby.Decline(Ann, Bob), lobby.Accept(Ann, Bob, Id("g"), Now), lobby.Accept(Cy, Ann, Id("g"), Now) };

        Assert.All(wrong, decision => Assert.Equal(new Refused(Refusal.NoSuchInvitation), decision));
    }

    [Fact]
    public void When_one_of_them_leaves_the_other_is_told_that_they_are_gone()
    {
        var lobby = Accept(Challenged().Disconnect(Bob, Connection(Bob), onPurpose: true, Now));

        var decision = lobby.Leave(Bob, Now + Rules.GraceWithoutGame);

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.Equal(InvitationEnd.Gone, Assert.IsType<LobbyEvent.InvitationEnded>(accepted.Events[0]).How);
        Assert.IsType<LobbyEvent.Left>(accepted.Events[1]);
        Assert.Equal(UserState.Available, accepted.Next.Users[Ann].State);
        Assert.Null(accepted.Next.Find(Bob));
    }

    [Fact]
    public void Two_who_challenge_each_other_get_one_game_with_the_first_challenge_s_clock()
    {
        var lobby = Accept(_lobby.Challenge(Ann, Bob, TimeControl.From(60, 1), Id("x"), Now));

        var decision = lobby.Challenge(Bob, Ann, null, Id("crossed"), Now);

        var accepted = Assert.IsType<Accepted>(decision);
        var taken = Assert.Single(accepted.Events.OfType<LobbyEvent.SeatsTaken>());
        Assert.Equal((Id("crossed"), Bob, TimeControl.From(60, 1)), (taken.Game, taken.First.Name, taken.Terms.Control));
        Assert.Null(accepted.Next.Users[Ann].Invitation);
    }

    [Fact]
    public void Nobody_can_challenge_themselves_or_somebody_who_is_not_there_or_not_free()
    {
        var lobby = Challenged();
        var away = Accept(_lobby.Disconnect(Bob, Connection(Bob), onPurpose: false, Now));

        Assert.Equal(new Refused(Refusal.CannotChallengeYourself), lobby.Challenge(Ann, UserName.From("ANN"), null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.UnknownUser), lobby.Challenge(Ann, UserName.From("Nemo"), null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.UnknownUser), away.Challenge(Ann, Bob, null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.OpponentIsBusy), lobby.Challenge(Cy, Bob, null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.OpponentIsBusy), lobby.Challenge(Cy, Ann, null, Id("x"), Now));
    }

    [Fact]
    public void A_user_has_at_most_one_pending_invitation()
    {
        var lobby = Challenged();

        Assert.Equal(new Refused(Refusal.YouAreBusy), lobby.Challenge(Ann, Cy, null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.YouAreBusy), lobby.Challenge(Bob, Cy, null, Id("x"), Now));
    }

    [Fact]
    public void Somebody_who_plays_may_challenge_and_be_challenged_only_when_open_to_more()
    {
        var playing = Playing();

        Assert.IsType<Accepted>(playing.Challenge(Ann, Cy, null, Id("x"), Now));
        Assert.False(playing.Users[Ann].OpenToMore);
        Assert.Equal(new Refused(Refusal.OpponentIsBusy), playing.Challenge(Cy, Ann, null, Id("x"), Now));
        Assert.IsType<Accepted>(Accept(playing.SetOpen(Ann, true)).Challenge(Cy, Ann, null, Id("x"), Now));
    }

    [Fact]
    public void A_user_plays_at_most_ten_games()
    {
        var full = Enumerable.Range(1, 10).Aggregate(Accept(_lobby.SetOpen(Bob, true)), (lobby, i) =>
            Accept(Accept(lobby.Challenge(Ann, Bob, null, Id("x"), Now)).Accept(Bob, Ann, Id($"g{i}"), Now)));

        Assert.Equal(10, full.Users[Ann].Games.Length);
        Assert.Equal(new Refused(Refusal.TooManyGames), full.Challenge(Ann, Cy, null, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.OpponentIsBusy), full.Challenge(Cy, Bob, null, Id("x"), Now));
    }

    [Fact]
    public void Several_connections_are_one_user_and_closing_one_is_not_leaving()
    {
        var second = Accept(_lobby.Connect(new User(Ann, UserKind.Guest, Credential(Ann), Now), new ConnectionId("tab")));

        var one = Accept(second.Disconnect(Ann, Connection(Ann), onPurpose: true, Now));
        var none = Accept(one.Disconnect(Ann, new ConnectionId("tab"), onPurpose: true, Now));

        Assert.True(one.Users[Ann].IsHere);
        Assert.Null(one.Users[Ann].LeavesAt);
        Assert.False(none.Users[Ann].IsHere);
    }

    [Fact]
    public void An_eleventh_connection_is_refused_and_the_same_one_twice_is_one()
    {
        var full = Enumerable.Range(2, 9).Aggregate(_lobby, (lobby, i) => Accept(lobby.Connect(new User(Ann, UserKind.Guest, Credential(Ann), Now), new ConnectionId($"{i}"))));

        Assert.Equal(new Refused(Refusal.TooManyConnections), full.Connect(new User(Ann, UserKind.Guest, Credential(Ann), Now), new ConnectionId("11")));
        Assert.Same(full, Accept(full.Connect(new User(Ann, UserKind.Guest, Credential(Ann), Now), Connection(Ann))));
    }

    [Theory]
    [InlineData(true, false, 60)]
    [InlineData(true, true, 15)]
    [InlineData(false, false, 5)]
    [InlineData(false, true, 5)]
    public void A_user_with_no_connection_left_has_a_grace_period(bool playing, bool onPurpose, int seconds)
    {
        var lobby = playing ? Playing() : _lobby;

        var decision = lobby.Disconnect(Ann, Connection(Ann), onPurpose, Now);

        var away = Assert.IsType<LobbyEvent.WentAway>(Assert.Single(((Accepted)decision).Events)).User;
        Assert.Equal(Now.AddSeconds(seconds), away.LeavesAt);
        Assert.Empty(Accept(decision).Overdue(Now.AddSeconds(seconds).AddTicks(-1)));
        Assert.Equal([away], Accept(decision).Overdue(Now.AddSeconds(seconds)));
    }

    [Fact]
    public void Without_grace_an_absence_is_over_at_once()
    {
        var strict = Join(Lobby.Empty(new LobbyRules { Grace = TimeSpan.Zero }), Ann);

        var away = Accept(strict.Disconnect(Ann, Connection(Ann), onPurpose: true, Now));

        Assert.True(away.Users[Ann].IsOverdue(Now));
    }

    [Fact]
    public void Whoever_comes_back_in_time_keeps_everything()
    {
        var playing = Playing();
        var away = Accept(playing.Disconnect(Ann, Connection(Ann), onPurpose: false, Now));

        var decision = away.Connect(new User(Ann, UserKind.Guest, Credential(Ann), Now.AddSeconds(59)), Connection(Ann));

        var accepted = Assert.IsType<Accepted>(decision);
        Assert.True(Assert.IsType<LobbyEvent.Connected>(Assert.Single(accepted.Events)).WasAway);
        Assert.Equal(playing.Users[Ann].Games, accepted.Next.Users[Ann].Games);
        Assert.Null(accepted.Next.Users[Ann].LeavesAt);
    }

    [Fact]
    public void A_second_game_does_not_prolong_an_absence()
    {
        var challenging = Accept(Playing().Challenge(Ann, Cy, null, Id("x"), Now));
        var away = Accept(challenging.Disconnect(Ann, Connection(Ann), onPurpose: true, Now));

        var accepted = Accept(away.Accept(Cy, Ann, Id("h"), Now.AddSeconds(14)));

        Assert.Equal(2, accepted.Users[Ann].Games.Length);
        Assert.Equal(Now.AddSeconds(15), accepted.Users[Ann].LeavesAt);
    }

    [Fact]
    public void Nobody_leaves_before_their_time_or_with_a_seat_left()
    {
        var away = Accept(Playing().Disconnect(Ann, Connection(Ann), onPurpose: false, Now));

        Assert.Same(_lobby, Accept(_lobby.Leave(Ann, Now.AddYears(1))));
        Assert.Same(away, Accept(away.Leave(Ann, Now)));
        Assert.Same(away, Accept(away.Leave(Ann, Now.AddYears(1))));
    }

    [Fact]
    public void The_end_of_a_game_frees_both_seats_and_enters_both_records_once()
    {
        var playing = Playing();
        var (first, second) = (new Seat(Bob, DiscColour.Red), new Seat(Ann, DiscColour.Yellow));

        var ended = Accept(playing.LeaveSeats(Id("g"), first, second, new Outcome.Forfeit(Player.First)));
        var again = ended.LeaveSeats(Id("g"), first, second, new Outcome.Forfeit(Player.First));

        Assert.Equal(new Tally(1, 0, 0), ended.Users[Ann].Tally);
        Assert.Equal(new Tally(0, 1, 0), ended.Users[Bob].Tally);
        Assert.Equal(UserState.Available, ended.Users[Ann].State);
        Assert.Same(ended, Accept(again));
    }

    [Fact]
    public void A_rematch_has_the_same_clock_and_whoever_was_second_starts()
    {
        var lobby = Playing();
        var start = new GameEvent.Started(Id("g"), new Seat(Bob, DiscColour.Red), new Seat(Ann, DiscColour.Yellow), TimeControl.From(60, 1), Now);
        var running = Game.Start(start);
        var over = ((Decision<Game, GameEvent>.Accepted)running.Quit(Ann, Now)).Next;
        var free = Accept(lobby.LeaveSeats(over.Id, over.First, over.Second, over.Outcome));

        var invitation = Accept(free.Rematch(Bob, over, Id("x"), Now)).Users[Ann].Invitation!;

        Assert.Equal((Bob, Ann, Ann, over.Id, over.Control), (invitation.From, invitation.To, invitation.First, invitation.RematchOf, invitation.Terms.Control));
        Assert.Equal(new Refused(Refusal.GameIsRunning), lobby.Rematch(Bob, running, Id("x"), Now));
        Assert.Equal(new Refused(Refusal.NotAPlayer), free.Rematch(Cy, over, Id("x"), Now));
    }

    [Fact]
    public void A_refusal_leaves_the_lobby_as_it_was()
    {
        var before = Challenged();
        var users = before.Users;

        before.Challenge(Cy, Bob, null, Id("x"), Now);
        before.Accept(Cy, Ann, Id("x"), Now);
        before.Connect(new User(Ann, UserKind.Guest, new Credential("wrong"), Now), new ConnectionId("x"));

        Assert.Same(users, before.Users);
    }

    private Lobby Challenged() => Accept(_lobby.Challenge(Ann, Bob, null, Id("x"), Now));

    private Lobby Playing() => Accept(Challenged().Accept(Bob, Ann, Id("g"), Now));

    private static Lobby Join(Lobby lobby, UserName name) => Accept(lobby.Connect(new User(name, UserKind.Guest, Credential(name), Now), Connection(name)));

    private static Lobby Accept(Decision<Lobby, LobbyEvent> decision) => Assert.IsType<Accepted>(decision).Next;

    private static Credential Credential(UserName name) => new(name.Text);

    private static ConnectionId Connection(UserName name) => new(name.Text);

    private static GameId Id(string id) => new(id);
}
