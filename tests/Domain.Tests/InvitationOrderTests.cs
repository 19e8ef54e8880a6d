using Refused = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Refused;

namespace ConnectFour.Domain.Tests;

/// <summary>Challenges that are wrong, or right, in more than one way.</summary>
public sealed class InvitationOrderTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly UserName Cy = UserName.From("Cy");
    private readonly Lobby _lobby = Lobbies.Of(new LobbyRules { MaxGames = 1 }, "Ann", "Bob", "Cy", "Dee");

    [Fact]
    public void Whoever_waits_for_an_answer_is_busy_before_they_have_too_many_games()
    {
        var lobby = Lobbies.Of(new LobbyRules { MaxGames = 2 }, "Ann", "Bob", "Cy").Playing("Ann", "Bob").Invited("Ann", "Cy");
        var strict = lobby with { Rules = new LobbyRules { MaxGames = 1 } };

        var decision = Challenge(strict, Ann, Bob);

        Assert.Equal(new Refused(Refusal.YouAreBusy), decision);
    }

    [Fact]
    public void Whoever_has_too_many_games_hears_so_before_the_opponent_s_state()
    {
        var lobby = _lobby.Playing("Ann", "Bob").Invited("Cy", "Dee");

        var decision = Challenge(lobby, Ann, Cy);

        Assert.Equal(new Refused(Refusal.TooManyGames), decision);
    }

    [Fact]
    public void Nobody_challenges_themselves_whether_they_are_there_or_not()
    {
        var nemo = UserName.From("Nemo");

        var decision = Challenge(_lobby, nemo, nemo);

        Assert.Equal(new Refused(Refusal.CannotChallengeYourself), decision);
    }

    [Fact]
    public void A_challenge_that_crosses_an_expired_one_does_not_accept_it()
    {
        var lobby = _lobby.Invited("Ann", "Bob");

        var decision = Challenge(lobby, Bob, Ann, seconds: 30);

        Assert.Equal(new Refused(Refusal.YouAreBusy), decision);
    }

    [Fact]
    public void A_challenge_that_crosses_one_in_its_last_instant_accepts_it()
    {
        var lobby = _lobby.Invited("Ann", "Bob");

        var playing = Challenge(lobby, Bob, Ann, seconds: 29.999).Next;

        Assert.All([Ann, Bob], name => Assert.Equal(UserState.Playing, playing.Users[name].State));
    }

    [Fact]
    public void An_invitation_shows_names_as_their_users_write_them()
    {
        var invitation = Challenge(_lobby, UserName.From("ANN"), UserName.From("bOB")).Next.Users[Ann].Invitation!;

        Assert.Equal(("Ann", "Bob"), (invitation.From.Text, invitation.To.Text));
    }

    [Fact]
    public void A_late_expiry_of_an_invitation_that_has_ended_leaves_a_newer_one_alone()
    {
        var first = _lobby.Invited("Ann", "Bob");
        var old = first.Users[Ann].Invitation!;
        var newer = first.Decline(Bob, Ann).Next.Challenge(Ann, Cy, null, new GameId("x"), Instants.At(10)).Next;

        var after = newer.Expire(old, Instants.At(31)).Next;

        Assert.Same(newer, after);
    }

    [Fact]
    public void Each_expired_invitation_is_named_once()
    {
        var lobby = _lobby.Invited("Ann", "Bob").Invited("Cy", "Dee");

        var expired = lobby.Expired(Instants.At(30)).Select(invitation => $"{invitation.From} {invitation.To}");

        Assert.Equal(["Ann Bob", "Cy Dee"], expired.Order());
    }

    [Fact]
    public void A_game_that_never_came_to_be_leaves_both_records_as_they_were()
    {
        var (ann, bob) = (new Seat(Ann, DiscColour.Red), new Seat(Bob, DiscColour.Yellow));
        var played = _lobby.Playing("Ann", "Bob", "g1").LeaveSeats(new GameId("g1"), ann, bob, new Outcome.FullBoard()).Next.Playing("Ann", "Bob", "g2");

        var freed = played.LeaveSeats(new GameId("g2"), ann, bob, outcome: null).Next;

        Assert.All([Ann, Bob], name => Assert.Equal((UserState.Available, new Tally(0, 0, 1)), (freed.Users[name].State, freed.Users[name].Tally)));
    }

    [Fact]
    public void A_game_that_ended_before_ends_again_without_touching_another_one()
    {
        var (ann, bob) = (new Seat(Ann, DiscColour.Red), new Seat(Bob, DiscColour.Yellow));
        var second = _lobby.Playing("Ann", "Bob", "g1").LeaveSeats(new GameId("g1"), ann, bob, new Outcome.FullBoard()).Next.Playing("Ann", "Bob", "g2");

        var again = second.LeaveSeats(new GameId("g1"), ann, bob, new Outcome.FullBoard()).Next;

        Assert.Same(second, again);
    }

    private static Decision<Lobby, LobbyEvent> Challenge(Lobby lobby, UserName by, UserName opponent, double seconds = 0) =>
        lobby.Challenge(by, opponent, null, new GameId("crossed"), Instants.At(seconds));
}
