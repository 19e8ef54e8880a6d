namespace ConnectFour.Domain.Tests;

/// <summary>Who plays in which colour.</summary>
public sealed class SeatTests
{
    [Theory]
    [InlineData(null, null, DiscColour.Red, DiscColour.Yellow)]                                // no preference: player 1 red, player 2 yellow
    [InlineData(DiscColour.Blue, null, DiscColour.Blue, DiscColour.Yellow)]                    // the challenged gets theirs
    [InlineData(null, DiscColour.Blue, DiscColour.Red, DiscColour.Blue)]                       // the challenger gets theirs
    [InlineData(DiscColour.Blue, DiscColour.Blue, DiscColour.Blue, DiscColour.Orange)]         // unless it is the same: the counterpart
    [InlineData(null, DiscColour.Red, DiscColour.Red, DiscColour.Yellow)]
    [InlineData(DiscColour.Yellow, null, DiscColour.Yellow, DiscColour.Red)]
    public void The_challenged_gets_their_colour_and_the_challenger_theirs_unless_it_is_the_same(
        DiscColour? challenged, DiscColour? challenger, DiscColour first, DiscColour second)
    {
        var (ann, bob) = (User("Ann", challenged), User("Bob", challenger));

        var seats = Seat.Assign(challenged: ann, challenger: bob, first: ann.Name);

        Assert.Equal((new Seat(ann.Name, first), new Seat(bob.Name, second)), seats);
    }

    [Fact]
    public void In_a_rematch_the_challenged_may_be_second_and_keeps_the_claim_to_their_colour()
    {
        var (ann, bob) = (User("Ann", DiscColour.Green), User("Bob", DiscColour.Green));

        var seats = Seat.Assign(challenged: ann, challenger: bob, first: bob.Name);

        Assert.Equal((new Seat(bob.Name, DiscColour.Purple), new Seat(ann.Name, DiscColour.Green)), seats);
    }

    [Fact]
    public void Two_players_never_have_the_same_colour_and_the_challenged_always_has_theirs()
    {
        DiscColour?[] preferences = [null, .. Enum.GetValues<DiscColour>().Cast<DiscColour?>()];
        var pairs = preferences.SelectMany(mine => preferences.Select(theirs => (Ann: User("Ann", mine), Bob: User("Bob", theirs))));

        var seats = pairs.SelectMany(pair => new[] { pair.Ann, pair.Bob }.Select(first => (pair, Seats: Seat.Assign(challenged: pair.Ann, challenger: pair.Bob, first.Name))));

        Assert.All(seats, game =>
        {
            var ann = game.Seats.First.Name == game.pair.Ann.Name ? game.Seats.First : game.Seats.Second;
            Assert.NotEqual(game.Seats.First.Colour, game.Seats.Second.Colour);
            Assert.Equal(game.pair.Ann.Colour ?? ann.Colour, ann.Colour);
        });
    }

    [Fact]
    public void Seats_of_a_running_game_that_were_forgotten_are_given_back_once()
    {
        var (ann, bob) = (UserName.From("Ann"), UserName.From("Bob"));
        var game = Game.Start(new GameEvent.Started(new GameId("g"), new Seat(ann, DiscColour.Red), new Seat(bob, DiscColour.Yellow), (TimeControl?)null, Instants.Start));
        var lobby = Lobbies.Of(new LobbyRules(), "Ann", "Bob").Playing("Ann", "Bob");
        var forgetful = lobby with { Users = lobby.Users.SetItem(bob, lobby.Users[bob] with { Games = [] }) };

        var accepted = Assert.IsType<Decision<Lobby, LobbyEvent>.Accepted>(forgetful.Reseat(game, Instants.Start));
        var given = accepted.Next;

        Assert.Equal(new LobbyEvent.Reseated(game.Id, 1, given.Users[ann], given.Users[bob]), Assert.Single(accepted.Events));
        Assert.Equal(lobby.Users[bob].Games.AsEnumerable(), given.Users[bob].Games);
        Assert.Same(lobby.Users[ann], given.Users[ann]);
        Assert.Same(given, given.Reseat(game, Instants.Start).Next);
    }

    private static User User(string name, DiscColour? colour) =>
        new(UserName.From(name), UserKind.Guest, new Credential(name), DateTimeOffset.UnixEpoch) { Colour = colour };
}
