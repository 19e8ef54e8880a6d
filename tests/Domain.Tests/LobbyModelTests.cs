using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.Domain.Tests;

/// <summary>Whatever several users do in whatever order, the lobby does what the model of it does.</summary>
public sealed class LobbyModelTests
{
    /// <summary>Small, so that random commands arrive at the limits.</summary>
    private static readonly LobbyRules Rules = Lobbies.Impatient with { MaxGames = 2, MaxConnections = 2 };

    [Property(Arbitrary = [typeof(LobbyCommands)], MaxTest = 500, EndSize = 200)]
    public void The_lobby_does_what_its_model_does(LobbyCommand[] commands)
    {
        var (real, model) = (new RealLobby(Rules), new LobbyModel(Rules.MaxGames, Rules.MaxConnections));

        foreach (var (step, command) in commands.Index())
        {
            if (IsByAnAbsentUser(command, model)) continue;

            var answer = real.Do(command, $"g{step}");

            Assert.Equal(model.Do(command, $"g{step}"), answer);
            Assert.Equal(model.Shown(), real.Shown());
        }
        Assert.Equal(model.Told, real.Told);
    }

    [Property(Arbitrary = [typeof(LobbyCommands)], MaxTest = 200, EndSize = 200)]
    public void Both_ends_of_every_relation_agree_and_stay_within_their_limits(LobbyCommand[] commands)
    {
        var real = new RealLobby(Rules);

        foreach (var (step, command) in commands.Index())
        {
            real.Do(command, $"g{step}");

            foreach (var user in real.Lobby.Users.Values)
            {
                if (user.Invitation is { } invitation) Assert.Same(invitation, real.Lobby.Users[invitation.From == user.Name ? invitation.To : invitation.From].Invitation);
                foreach (var seat in user.Games)
                    Assert.Contains(new GameSeat(seat.Game, seat.Side.Opponent, user.Name), real.Lobby.Users[seat.Opponent].Games);
                Assert.InRange(user.Games.Length, 0, Rules.MaxGames);
                Assert.InRange(user.Connections.Length, 0, Rules.MaxConnections);
                Assert.Equal(user.IsHere, user.LeavesAt is null);
            }
        }
    }

    [Property(Arbitrary = [typeof(LobbyCommands)], MaxTest = 200, EndSize = 200)]
    public void Every_invitation_ends_exactly_once(LobbyCommand[] commands)
    {
        var real = new RealLobby(Rules);

        foreach (var (step, command) in commands.Index()) real.Do(command, $"g{step}");

        var pending = new HashSet<Invitation>();
        foreach (var happened in real.Events)
        {
            if (happened is LobbyEvent.Challenged begun) Assert.True(pending.Add(begun.Invitation));
            if (happened is LobbyEvent.InvitationEnded ended) Assert.True(pending.Remove(ended.Invitation));
        }
        Assert.Equal(pending, real.Lobby.Users.Values.Select(user => user.Invitation).OfType<Invitation>().ToHashSet());
    }

    [Fact]
    public void Whoever_comes_back_spelt_otherwise_can_still_ask_for_the_rematch()
    {
        var (ann, cy) = (UserName.From("Ann"), UserName.From("Cy"));
        var over = Game.Start(new GameEvent.Started(new GameId("g"), new Seat(cy, DiscColour.Red), new Seat(UserName.From("ANN"), DiscColour.Yellow), null, Instants.Start))
            .Abandon(ann, Instants.At(60)).Next;

        var lobby = Lobbies.Of(Rules, "Ann", "Cy").Rematch(ann, over, new GameId("x"), Instants.At(70)).Next;

        Assert.Equal("Ann", lobby.Users[cy].Invitation!.From.Text);
    }

    /// <summary>Otherwise the properties above would hold for want of trying.</summary>
    [Fact]
    public void Random_commands_arrive_at_every_event_and_nearly_every_refusal()
    {
        var (answers, events) = (new HashSet<string>(), new HashSet<string>());
        var lists = LobbyCommands.Any().Generator.ArrayOf(150).Sample(50, new Rnd(1, 1), 50);

        foreach (var commands in lists)
        {
            var real = new RealLobby(Rules);
            foreach (var (step, command) in commands.Index()) answers.Add(real.Do(command, $"g{step}"));
            events.UnionWith(real.Events.Select(happened => happened is LobbyEvent.InvitationEnded end ? $"{end.How}" : happened.GetType().Name));
        }

        Assert.Equal([
            "CannotChallengeYourself", "GameIsRunning", "NameTaken", "NoSuchInvitation", "Ok",
            "OpponentIsBusy", "TooManyConnections", "TooManyGames", "UnknownUser", "YouAreBusy"], answers.Order());
        Assert.Equal(
            Enum.GetNames<InvitationEnd>().Concat(["Challenged", "Connected", "Left", "Preferred", "SeatsLeft", "SeatsTaken", "WentAway"]).Order(),
            events.Order());
    }

    // The actor is a connection: whoever has none says nothing.
    private static bool IsByAnAbsentUser(LobbyCommand command, LobbyModel model) => command switch
    {
        LobbyCommand.SetOpen c => !model.IsHere(c.By),
        LobbyCommand.Challenge c => !model.IsHere(c.By),
        LobbyCommand.Cancel c => !model.IsHere(c.By),
        LobbyCommand.Accept c => !model.IsHere(c.By),
        LobbyCommand.Decline c => !model.IsHere(c.By),
        LobbyCommand.Rematch c => !model.IsHere(c.By),
        _ => false,
    };
}
