namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>What people are told who missed what happened.</summary>
public sealed class DifferenceTests
{
    private static readonly Lobby Before = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob", "Cy", "Dan");

    [Fact]
    public void Between_a_lobby_and_itself_nothing_happened() => Assert.Empty(LobbyDifference.Between(Before, Before, Instants.Start));

    [Fact]
    public void An_invitation_is_told_to_have_come_once()
    {
        var happened = LobbyDifference.Between(Before, Before.Invited("Ann", "Bob"), Instants.Start);

        Assert.Equal("Ann", Assert.IsType<LobbyEvent.Challenged>(Assert.Single(happened)).Invitation.From.Text);
    }

    [Theory]
    [InlineData(0, InvitationEnd.Withdrawn)]
    [InlineData(31, InvitationEnd.Expired)]
    public void An_invitation_that_is_no_more_has_expired_if_its_time_was_over(double now, InvitationEnd how)
    {
        var happened = LobbyDifference.Between(Before.Invited("Ann", "Bob"), Before, Instants.At(now));

        Assert.Equal(how, Assert.IsType<LobbyEvent.InvitationEnded>(Assert.Single(happened)).How);
    }

    [Fact]
    public void An_invitation_that_became_a_game_was_accepted()
    {
        var happened = LobbyDifference.Between(Before.Invited("Ann", "Bob"), Before.Playing("Bob", "Ann"), Instants.Start);

        var ended = Assert.IsType<LobbyEvent.InvitationEnded>(Assert.Single(happened));
        Assert.Equal((InvitationEnd.Accepted, new GameId("g")), (ended.How, ended.Game));
    }

    [Fact]
    public void Who_went_away_came_back_or_left_is_told_as_such()
    {
        var (away, gone) = (Before.Cut("Ann", Instants.Start), Before with { Users = Before.Users.Remove(UserName.From("Ann")) });

        Assert.IsType<LobbyEvent.WentAway>(Assert.Single(LobbyDifference.Between(Before, away, Instants.Start)));
        Assert.True(Assert.IsType<LobbyEvent.Connected>(Assert.Single(LobbyDifference.Between(away, Before, Instants.Start))).WasAway);
        Assert.IsType<LobbyEvent.Left>(Assert.Single(LobbyDifference.Between(Before, gone, Instants.Start)));
    }

    [Fact]
    public void A_game_that_is_over_was_left_by_both_and_is_told_once()
    {
        var happened = LobbyDifference.Between(Before.Playing("Ann", "Bob"), Before, Instants.Start);

        Assert.Equal(new LobbyEvent.SeatsLeft(new GameId("g")), Assert.Single(happened));
    }

    [Fact]
    public void What_somebody_wishes_now_is_told()
    {
        var ann = UserName.From("Ann");
        var wishing = Before.SetOpen(ann, true).Next.Offer(ann, "key", new Terms(null), Instants.Start).Next.Seek(ann, [null], Balance.None, [], new GameId("g"), Instants.Start).Next;

        Assert.Equal(
            [typeof(LobbyEvent.SeekStarted), typeof(LobbyEvent.LinkMade), typeof(LobbyEvent.Preferred)],
            LobbyDifference.Between(Before, wishing, Instants.Start).Select(happened => happened.GetType()));
        Assert.Equal(
            [typeof(LobbyEvent.SeekEnded), typeof(LobbyEvent.LinkEnded), typeof(LobbyEvent.Preferred)],
            LobbyDifference.Between(wishing, Before, Instants.Start).Select(happened => happened.GetType()));
    }
}
