using Accepted = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>.Accepted;

namespace ConnectFour.Domain.Tests;

/// <summary>What becomes of somebody who has no connection left, and of what stands between them and others.</summary>
public sealed class AbsenceTests
{
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");
    private readonly Lobby _lobby = Lobbies.Of(Lobbies.Impatient, "Ann", "Bob", "Cy");

    [Fact]
    public void An_invitation_outlives_a_short_absence()
    {
        var away = _lobby.Invited("Ann", "Bob").Cut("Bob", Instants.At(1));

        var back = away.Connect(new User(Bob, UserKind.Guest, new Credential("Bob"), Instants.At(5)), new ConnectionId("new tab")).Next;

        Assert.Equal(UserState.InvitationReceived, back.Users[Bob].State);
        Assert.Same(back.Users[Ann].Invitation, back.Users[Bob].Invitation);
    }

    [Fact]
    public void A_challenger_who_is_away_when_the_game_begins_has_a_player_s_time_to_come_back()
    {
        var away = _lobby.Invited("Ann", "Bob").Cut("Ann", Instants.At(1));

        var playing = away.Accept(Bob, Ann, new GameId("g"), Instants.At(4)).Next;

        Assert.Equal(Instants.At(64), playing.Users[Ann].LeavesAt);
        Assert.Null(playing.Users[Bob].LeavesAt);
    }

    [Fact]
    public void Whoever_stays_away_too_long_forfeits_the_game_and_then_leaves()
    {
        var playing = _lobby.Playing("Ann", "Bob").Cut("Ann", Instants.Start);
        var (first, second) = (new Seat(Ann, DiscColour.Red), new Seat(Bob, DiscColour.Yellow));
        var game = Game.Start(new GameEvent.Started(new GameId("g"), first, second, null, Instants.Start));

        var overdue = Assert.Single(playing.Overdue(Instants.At(60)));
        var over = game.Abandon(overdue.Name, Instants.At(60)).Next;
        var left = playing.LeaveSeats(game.Id, first, second, over.Outcome).Next.Leave(overdue.Name, Instants.At(60)).Next;

        Assert.Null(left.Find(Ann));
        Assert.Equal(UserState.Available, left.Users[Bob].State);
        Assert.Equal(new Tally(Wins: 1, Losses: 0, Draws: 0), left.Users[Bob].Tally);
    }

    [Fact]
    public void Who_left_first_is_overdue_first()
    {
        string[] leaving = ["Gus", "Ann", "Eve", "Cy", "Hal", "Bob", "Fay", "Dee"];
        var away = leaving.Index().Aggregate(Lobbies.Of(Lobbies.Impatient, leaving), (lobby, one) => lobby.Cut(one.Item, Instants.At(one.Index)));

        var overdue = away.Overdue(Instants.At(11));

        Assert.Equal(leaving[..7], overdue.Select(user => user.Name.Text));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void With_a_grace_of_zero_every_absence_is_over_at_once(bool playing, bool onPurpose)
    {
        var lobby = Lobbies.Of(new LobbyRules { Grace = TimeSpan.Zero }, "Ann", "Bob");
        if (playing) lobby = lobby.Playing("Ann", "Bob");

        var away = lobby.Disconnect(Ann, new ConnectionId("Ann"), onPurpose, Instants.At(1)).Next;

        Assert.Equal([Ann], away.Overdue(Instants.At(1)).Select(user => user.Name));
    }

    [Fact]
    public void A_connection_that_is_not_the_user_s_closes_nothing()
    {
        var decision = _lobby.Disconnect(Ann, new ConnectionId("Bob"), onPurpose: true, Instants.Start);

        Assert.Same(_lobby, decision.Next);
        Assert.Empty(((Accepted)decision).Events);
    }

    [Fact]
    public void The_name_of_somebody_who_left_is_free_for_others_and_keeps_no_record()
    {
        var left = _lobby.Cut("Ann", Instants.Start).Leave(Ann, Instants.At(5)).Next;

        var decision = left.Connect(new User(Ann, UserKind.Guest, new Credential("another"), Instants.At(6)), new ConnectionId("x"));

        var joined = Assert.IsType<LobbyEvent.Connected>(Assert.Single(((Accepted)decision).Events)).User;
        Assert.Equal((Instants.At(6), default(Tally)), (joined.Since, joined.Tally));
    }
}
