namespace ConnectFour.Domain.Tests;

/// <summary>What accounts and restarts change about the lobby.</summary>
public sealed class AccountLobbyTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly Credential Guest = new("Ann");
    private static readonly Credential Account = Credential.Of(7);

    private readonly Lobby _lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob");

    [Fact]
    public void A_guest_who_registers_keeps_connections_and_games_and_proves_themselves_otherwise()
    {
        var playing = Playing();

        var enrolled = playing.Enrol(Ann, Guest, Account).Next;

        Assert.Equal(playing.Users[Ann] with { Kind = UserKind.Account, Credential = Account }, enrolled.Users[Ann]);
        Assert.Equal(playing.Users[Bob], enrolled.Users[Bob]);
        Assert.Equal(Refusal.NameTaken, enrolled.Connect(new User(Ann, UserKind.Guest, Guest, Instants.Start), new ConnectionId("tab")).Why);
    }

    [Fact]
    public void Nobody_registers_a_name_that_another_guest_has_here()
    {
        Assert.Equal(Refusal.NameTaken, _lobby.Enrol(Ann, new Credential("another"), Account).Why);
        Assert.Equal(Refusal.NameTaken, _lobby.Enrol(Ann, null, Account).Why);
        Assert.Same(_lobby, _lobby.Enrol(UserName.From("Cy"), null, Account).Next);
    }

    [Fact]
    public void Who_has_registered_already_is_not_refused_when_it_is_asked_again()
    {
        var enrolled = _lobby.Enrol(Ann, Guest, Account).Next;

        Assert.Same(enrolled, enrolled.Enrol(Ann, Guest, Account).Next);
    }

    [Fact]
    public void A_preference_concerns_the_next_game()
    {
        var playing = Playing();

        var preferring = playing.Prefer(Ann, DiscColour.Blue, openToMore: true).Next;

        Assert.Equal((DiscColour.Blue, true), (preferring.Users[Ann].Colour, preferring.Users[Ann].OpenToMore));
        Assert.Equal(playing.Users[Ann].Games.AsEnumerable(), preferring.Users[Ann].Games);
    }

    [Fact]
    public void A_record_is_recalled_but_not_while_a_game_is_about_to_change_it()
    {
        var tally = new Tally(1, 2, 3);

        Assert.Equal(tally, _lobby.Recall(Ann, tally, null).Next.Users[Ann].Tally);
        Assert.Equal(default, Playing().Recall(Ann, tally, null).Next.Users[Ann].Tally);
    }

    [Fact]
    public void Who_departs_is_gone_at_once_and_their_invitation_with_them()
    {
        var invited = _lobby.Challenge(Ann, Bob, null, new GameId("x"), Instants.Start).Next;

        var decision = (Decision<Lobby, LobbyEvent>.Accepted)invited.Depart(Ann);

        Assert.Null(decision.Next.Find(Ann));
        Assert.Null(decision.Next.Users[Bob].Invitation);
        Assert.Equal([InvitationEnd.Gone], decision.Events.OfType<LobbyEvent.InvitationEnded>().Select(ended => ended.How));
        Assert.Single(decision.Events.OfType<LobbyEvent.Left>());
    }

    [Fact]
    public void Nobody_departs_from_a_game() => Assert.Equal(Refusal.GameIsRunning, Playing().Depart(Ann).Why);

    [Fact]
    public void A_player_who_was_found_in_a_game_after_a_restart_has_a_minute_to_come_back()
    {
        var player = new User(Ann, UserKind.Guest, Guest, Instants.Start) { Games = [new GameSeat(new GameId("g"), Player.First, Bob)] };
        var empty = Lobby.Empty(Lobbies.Impatient with { Grace = TimeSpan.Zero });

        var restored = empty.Restore(player, Instants.At(100)).Next;

        Assert.Equal(Instants.At(160), restored.Users[Ann].LeavesAt);
        Assert.Equal(UserState.Playing, restored.Users[Ann].State);
        Assert.Null(restored.Connect(player with { Games = [] }, new ConnectionId("tab")).Next.Users[Ann].LeavesAt);
    }

    [Fact]
    public void The_time_to_come_back_begins_anew_when_the_doors_open_unless_they_are_back()
    {
        var player = new User(Ann, UserKind.Guest, Guest, Instants.Start) { Games = [new GameSeat(new GameId("g"), Player.First, Bob)] };
        var restored = Lobby.Empty(Lobbies.Impatient).Restore(player, Instants.At(100)).Next;
        var back = restored.Connect(player with { Games = [] }, new ConnectionId("tab")).Next;

        Assert.Equal(Instants.At(180), restored.Restore(player, Instants.At(120)).Next.Users[Ann].LeavesAt);
        Assert.Same(back, back.Restore(player, Instants.At(120)).Next);
    }

    [Fact]
    public void Who_is_away_from_a_game_and_could_not_come_back_gets_time_to_and_nobody_else_does()
    {
        var cut = Playing().Cut("Ann", Instants.At(0));

        var excused = (Decision<Lobby, LobbyEvent>.Accepted)cut.Excuse(Ann, TimeSpan.FromSeconds(60), Instants.At(300));
        var idle = _lobby.Cut("Ann", Instants.At(0));

        Assert.Equal(Instants.At(360), excused.Next.Users[Ann].ClaimableAt);
        Assert.Equal(new LobbyEvent.WentAway(excused.Next.Users[Ann]), Assert.Single(excused.Events));
        Assert.All([(cut, Bob), (excused.Next, Ann), (idle, Ann), (cut, UserName.From("Carol"))], one => Assert.Same(one.Item1, one.Item1.Excuse(one.Item2, TimeSpan.FromSeconds(60), Instants.At(300)).Next));
    }

    private Lobby Playing() => _lobby.Playing("Ann", "Bob");
}
