using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Accepted;

namespace ConnectFour.Domain.Tests;

/// <summary>Invitations by link.</summary>
public sealed class LinkTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private static readonly UserName Cy = UserName.From("Cy");
    private static readonly Terms Terms = new(TimeControl.From(60, 1), Balance.Swap);

    private readonly Lobby _lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob", "Cy");

    [Fact]
    public void Who_comes_by_a_link_first_gets_the_seat_and_nobody_after_them()
    {
        var offered = Offered();

        var joined = (Accepted)Join(offered, Bob);

        var taken = Assert.IsType<LobbyEvent.SeatsTaken>(joined.Events[^1]);
        Assert.Equal((Bob, Ann, Terms), (taken.First.Name, taken.Second.Name, taken.Terms));
        Assert.Equal((LinkEnd.Taken, taken.Game), joined.Events.OfType<LobbyEvent.LinkEnded>().Select(ended => (ended.How, ended.Game!)).Single());
        Assert.Equal(Refusal.NoSuchInvitation, Join(joined.Next, Cy).Why);
        Assert.Equal(Refusal.NoSuchInvitation, Join(joined.Next, Bob).Why);
    }

    [Fact]
    public void A_link_needs_its_key_and_its_time_and_a_host_who_is_here()
    {
        var offered = Offered();

        Assert.Equal(Refusal.NoSuchInvitation, offered.Join(Bob, Ann, "guess", new GameId("g"), Instants.At(1)).Why);
        Assert.Equal(Refusal.NoSuchInvitation, offered.Join(Bob, Cy, "key", new GameId("g"), Instants.At(1)).Why);
        Assert.Equal(Refusal.NoSuchInvitation, offered.Join(Bob, Ann, "key", new GameId("g"), Instants.At(3600)).Why);
        Assert.Equal(Refusal.UnknownUser, Join(offered.Cut("Ann", Instants.At(1)), Bob).Why);
        Assert.Equal(Refusal.CannotChallengeYourself, Join(offered, Ann).Why);
        Assert.Equal(Refusal.NoSuchInvitation, Join(offered.Block(Ann, Bob).Next, Bob).Why);
        Assert.Equal(Refusal.YouAreBusy, Join(offered.Invited("Cy", "Bob"), Bob).Why);
    }

    [Fact]
    public void A_link_is_taken_up_whatever_else_its_host_does()
    {
        var invited = Offered().Invited("Ann", "Cy");
        var playing = Offered().Playing("Ann", "Cy");

        Assert.IsType<Accepted>(Join(invited, Bob));
        Assert.Equal(2, Join(playing, Bob).Next.Users[Ann].Games.Length);
    }

    [Fact]
    public void Who_plays_as_many_games_as_they_may_gets_no_seat_and_gives_none()
    {
        var full = Lobbies.Of(Lobbies.Impatient with { MaxGames = 1 }, "Ann", "Bob", "Cy").Offer(Ann, "key", Terms, Instants.Start).Next;

        Assert.Equal(Refusal.TooManyGames, Join(full.Playing("Bob", "Cy"), Bob).Why);
        Assert.Equal(Refusal.OpponentIsBusy, Join(full.Playing("Ann", "Cy"), Bob).Why);
    }

    [Fact]
    public void Who_has_come_to_as_many_games_as_they_may_by_a_link_accepts_no_other_and_is_accepted_by_nobody()
    {
        var full = Lobbies.Of(Lobbies.Impatient with { MaxGames = 1 }, "Ann", "Bob", "Cy").Offer(Ann, "key", Terms, Instants.Start).Next;
        var challenged = Join(full.Invited("Cy", "Ann"), Bob).Next;
        var challenging = Join(full.Invited("Ann", "Cy"), Bob).Next;

        Assert.Equal(Refusal.TooManyGames, challenged.Accept(Ann, Cy, new GameId("other"), Instants.At(3)).Why);
        Assert.Equal(Refusal.OpponentIsBusy, challenging.Accept(Cy, Ann, new GameId("other"), Instants.At(3)).Why);
        Assert.Equal(Refusal.TooManyGames, challenged.Challenge(Ann, Cy, Terms, new GameId("crossed"), Instants.At(3)).Why);
    }

    [Fact]
    public void A_new_link_withdraws_the_one_before()
    {
        var decision = (Accepted)Offered().Offer(Ann, "other", Terms, Instants.At(1));

        Assert.Equal(("key", LinkEnd.Withdrawn), decision.Events.OfType<LobbyEvent.LinkEnded>().Select(ended => (ended.Link.Key, ended.How)).Single());
        Assert.Equal("other", decision.Events.OfType<LobbyEvent.LinkMade>().Single().Link.Key);
        Assert.Equal(Refusal.NoSuchInvitation, Join(decision.Next, Bob).Why);
    }

    [Fact]
    public void A_link_is_withdrawn_or_expires_once()
    {
        var withdrawn = (Accepted)Offered().WithdrawLink(Ann);
        var expired = (Accepted)Offered().ExpireLink(Ann, Instants.At(3600));

        Assert.Equal(LinkEnd.Withdrawn, Assert.IsType<LobbyEvent.LinkEnded>(Assert.Single(withdrawn.Events)).How);
        Assert.Equal(Refusal.NoSuchInvitation, withdrawn.Next.WithdrawLink(Ann).Why);
        Assert.Equal(LinkEnd.Expired, Assert.IsType<LobbyEvent.LinkEnded>(Assert.Single(expired.Events)).How);
        Assert.Empty(((Accepted)expired.Next.ExpireLink(Ann, Instants.At(3600))).Events);
        Assert.Empty(((Accepted)Offered().ExpireLink(Ann, Instants.At(3599))).Events);
        Assert.Equal([Ann], Offered().WithDeadLinks(Instants.At(3600)).Select(user => user.Name));
        Assert.Empty(Offered().WithDeadLinks(Instants.At(3599)));
    }

    private Lobby Offered() => _lobby.Offer(Ann, "key", Terms, Instants.Start).Next;

    private static Decision<Lobby, LobbyEvent> Join(Lobby lobby, UserName by) => lobby.Join(by, Ann, "key", new GameId("by-link"), Instants.At(2));
}
