using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Accepted;

namespace ConnectFour.Domain.Tests;

/// <summary>Whom a user wants to hear from, what players say, and what becomes of a game whose other player stays away.</summary>
public sealed class CompanyTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    private readonly Lobby _lobby = Lobbies.Of(new LobbyRules(), "Ann", "Bob", "Cy");

    [Theory]
    [InlineData(ChallengePolicy.Everybody, UserKind.Guest, true)]
    [InlineData(ChallengePolicy.Accounts, UserKind.Guest, false)]
    [InlineData(ChallengePolicy.Accounts, UserKind.Account, true)]
    [InlineData(ChallengePolicy.Accounts, UserKind.Bot, true)]
    [InlineData(ChallengePolicy.Nobody, UserKind.Account, false)]
    public void A_user_is_challenged_by_those_whom_they_let(ChallengePolicy policy, UserKind challenger, bool isLet)
    {
        var lobby = _lobby.Allow(Bob, policy).Next;
        lobby = lobby with { Users = lobby.Users.SetItem(Ann, lobby.Users[Ann] with { Kind = challenger }) };

        var decision = Challenge(lobby, Ann, Bob);

        if (isLet) Assert.IsType<Accepted>(decision);
        else Assert.Equal(Refusal.NotAccepting, decision.Why);
    }

    [Fact]
    public void A_rematch_may_always_be_asked_for()
    {
        var over = Over();

        Assert.IsType<Accepted>(_lobby.Allow(Bob, ChallengePolicy.Nobody).Next.Rematch(Ann, over, new GameId("x"), Instants.Start));
    }

    [Fact]
    public void Who_is_blocked_hears_of_a_declined_challenge_and_nobody_else_hears_anything()
    {
        var lobby = _lobby.Block(Bob, Ann).Next;

        var decision = (Accepted)Challenge(lobby, Ann, Bob);
        var rematch = (Accepted)lobby.Rematch(Ann, Over(), new GameId("x"), Instants.Start);

        Assert.Same(lobby, decision.Next);
        var invitation = Assert.IsType<LobbyEvent.TurnedAway>(Assert.Single(decision.Events)).Invitation;
        Assert.Equal((Ann, Bob), (invitation.From, invitation.To));
        Assert.IsType<LobbyEvent.TurnedAway>(Assert.Single(rematch.Events));
    }

    [Fact]
    public void Who_is_blocked_learns_nothing_else_than_others_would()
    {
        var lobby = _lobby.Block(Bob, Ann).Next;

        Assert.Equal(Refusal.OpponentIsBusy, Challenge(lobby.Invited("Cy", "Bob"), Ann, Bob).Why);
        Assert.Equal(Refusal.NotAccepting, Challenge(lobby.Allow(Bob, ChallengePolicy.Nobody).Next, Ann, Bob).Why);
    }

    [Fact]
    public void A_pending_challenge_of_theirs_is_declined()
    {
        var decision = (Accepted)_lobby.Invited("Ann", "Bob").Block(Bob, Ann);

        Assert.Equal(InvitationEnd.Declined, decision.Events.OfType<LobbyEvent.InvitationEnded>().Single().How);
        Assert.Null(decision.Next.Users[Ann].Invitation);
        Assert.Equal(["Ann"], decision.Next.Users[Bob].Blocked.Select(block => block.Name.Text));
    }

    [Fact]
    public void A_block_is_of_a_person_and_not_of_a_name()
    {
        var lobby = _lobby.Block(Bob, Ann).Next.Depart(Ann).Next;
        var another = lobby.Connect(new User(Ann, UserKind.Guest, new Credential("another"), Instants.Start), new ConnectionId("x")).Next;

        Assert.IsType<LobbyEvent.Challenged>(Assert.Single(((Accepted)Challenge(another, Ann, Bob)).Events));
    }

    [Fact]
    public void Blocks_have_their_limits_and_can_be_lifted()
    {
        var strict = Lobbies.Of(new LobbyRules { MaxBlocked = 1 }, "Ann", "Bob", "Cy").Block(Bob, Ann).Next;

        Assert.Equal(Refusal.CannotBlockYourself, strict.Block(Bob, Bob).Why);
        Assert.Equal(Refusal.UnknownUser, strict.Block(Bob, UserName.From("Nemo")).Why);
        Assert.Equal(Refusal.TooManyBlocked, strict.Block(Bob, UserName.From("Cy")).Why);
        Assert.Same(strict, strict.Block(Bob, Ann).Next);
        Assert.Empty(strict.Unblock(Bob, Ann).Next.Users[Bob].Blocked);
        Assert.Same(strict, strict.Unblock(Bob, UserName.From("Cy")).Next);
    }

    [Fact]
    public void A_reaction_is_heard_by_both_but_not_by_who_blocks_the_speaker_and_not_too_often()
    {
        var (playing, game) = (_lobby.Playing("Ann", "Bob"), Game());

        var said = (Accepted)playing.React(Ann, game, Reaction.Nice, Instants.At(10));
        var unheard = (Accepted)playing.Block(Bob, Ann).Next.React(Ann, game, Reaction.Nice, Instants.At(10));

        Assert.Equal([Ann, Bob], Assert.IsType<LobbyEvent.Reacted>(Assert.Single(said.Events)).Players);
        Assert.Equal([Ann], Assert.IsType<LobbyEvent.Reacted>(Assert.Single(unheard.Events)).Players);
        Assert.Equal(Refusal.TooSoon, said.Next.React(Ann, game, Reaction.Nice, Instants.At(11.9)).Why);
        Assert.IsType<Accepted>(said.Next.React(Ann, game, Reaction.Nice, Instants.At(12)));
        Assert.IsType<Accepted>(said.Next.React(Bob, game, Reaction.Nice, Instants.At(10)));
        Assert.Equal(Refusal.NotAPlayer, playing.React(UserName.From("Cy"), game, Reaction.Nice, Instants.At(10)).Why);
    }

    [Fact]
    public void A_win_is_claimed_when_the_grace_is_over_and_not_before()
    {
        var (away, game) = (_lobby.Playing("Ann", "Bob").Cut("Ann", Instants.Start), Game());

        Assert.Equal(Refusal.OpponentMayReturn, _lobby.Playing("Ann", "Bob").Claim(Bob, game, Instants.At(999)).Why);
        Assert.Equal(Refusal.OpponentMayReturn, away.Claim(Bob, game, Instants.At(59.9)).Why);
        Assert.Empty(((Accepted)away.Claim(Bob, game, Instants.At(60))).Events);
        Assert.Equal(Refusal.OpponentMayReturn, away.Claim(Ann, game, Instants.At(60)).Why);
        Assert.Equal(Refusal.NotAPlayer, away.Claim(UserName.From("Cy"), game, Instants.At(60)).Why);
        Assert.Equal(Refusal.GameIsOver, away.Claim(Bob, Over(), Instants.At(60)).Why);
    }

    [Fact]
    public void An_opponent_who_waits_keeps_the_game_open_for_a_while_and_nobody_waits_for_a_user_without_games()
    {
        var away = _lobby.Playing("Ann", "Bob").Cut("Ann", Instants.Start);
        var game = Game();

        var claimed = away.LeaveSeats(game.Id, game.First, game.Second, new Outcome.Absence(Player.First)).Next;
        var back = away.Connect(away.Users[Ann], new ConnectionId("again")).Next;

        Assert.Equal((Instants.At(60), Instants.At(360)), (away.Users[Ann].ClaimableAt, away.Users[Ann].LeavesAt));
        Assert.Empty(away.Overdue(Instants.At(359)));
        Assert.Equal([Ann], away.Overdue(Instants.At(360)).Select(user => user.Name));
        Assert.Equal([Ann], claimed.Overdue(Instants.At(60)).Select(user => user.Name));
        Assert.Equal((null, null), (back.Users[Ann].ClaimableAt, back.Users[Ann].LeavesAt));
    }

    [Fact]
    public void Without_a_grace_nobody_waits()
    {
        var strict = Lobbies.Of(new LobbyRules { Grace = TimeSpan.Zero }, "Ann", "Bob").Playing("Ann", "Bob").Cut("Ann", Instants.Start);

        Assert.Equal([Ann], strict.Overdue(Instants.Start).Select(user => user.Name));
    }

    private static Decision<Lobby, LobbyEvent> Challenge(Lobby lobby, UserName by, UserName opponent) => lobby.Challenge(by, opponent, null, new GameId("x"), Instants.Start);

    private static Game Game() => Domain.Game.Start(new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), null, Instants.Start));

    private static Game Over() => Game().Quit(Ann, Instants.Start).Next;
}
