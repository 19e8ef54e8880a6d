using ConnectFour.Infrastructure.Redis.Wire;

namespace ConnectFour.Infrastructure.Redis.Tests;

public sealed class CodecTests
{
    [Property(Arbitrary = [typeof(Anything)])]
    public void A_user_is_the_same_after_having_been_stored(User user)
    {
        var read = UserCodec.Decode(UserCodec.Encode(user));

        Same(user, read);
    }

    [Property(Arbitrary = [typeof(Anything)])]
    public void What_happened_in_the_lobby_is_the_same_after_having_been_told(LobbyEvent happened)
    {
        var read = Assert.Single(MessageCodec.Decode(MessageCodec.Encode(new([], [], [happened]))).Events);

        Assert.Equal(happened.GetType(), read.GetType());
        foreach (var property in happened.GetType().GetProperties()) Same(property.GetValue(happened), property.GetValue(read));
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void What_happened_in_a_game_is_the_same_after_having_been_told(FinishedPlay play, bool withClock)
    {
        var events = Events(play.Moves, withClock);

        Game? game = null;
        foreach (var happened in events)
        {
            var next = Game.After(game, happened);
            var wire = GameCodec.Decode(GameCodec.Encode("node", next, [happened]));
            var read = GameCodec.Event(wire.Game, game, Assert.Single(wire.Events));
            Assert.Equal(happened, read);
            Assert.Equal(next.Version, wire.Version);
            game = next;
        }
    }

    [Fact]
    public void What_a_newer_node_adds_is_passed_over()
    {
        var user = UserCodec.Decode("""{"name":"Ann","kind":1,"credential":"c","since":5,"shoes":{"size":[42]},"connections":["n~1"]}""");
        var message = MessageCodec.Decode("""{"users":[],"mood":"good","events":[{"kind":"sneezed","user":null},{"kind":"seatsLeft","game":"g","why":[1,2]}]}""");

        Assert.Equal((UserName.From("Ann"), UserKind.Account), (user.Name, user.Kind));
        Assert.Equal([new LobbyEvent.SeatsLeft(new GameId("g"))], message.Events);
    }

    [Fact]
    public void A_user_who_does_nothing_takes_little_room()
    {
        var idle = new User(UserName.From("Ann"), UserKind.Guest, new Credential(Convert.ToBase64String(new byte[32])), Instants.Start) { Connections = [new ConnectionId("node~0123456789ABCDEF")] };

        Assert.InRange(UserCodec.Encode(idle).Length, 1, 160);
    }

    private static List<GameEvent> Events(Notation moves, bool withClock)
    {
        var (ann, bob) = (new Seat(UserName.From("Ann"), DiscColour.Blue), new Seat(UserName.From("Bob"), DiscColour.White));
        List<GameEvent> events = [new GameEvent.Started(new GameId("g"), ann, bob, withClock ? TimeControl.Default : null, Instants.Start, withClock ? Stakes.Rated : Stakes.Casual)];
        var game = Game.Replay(events);
        foreach (var column in moves.Columns)
        {
            var decision = (Decision<Game, GameEvent>.Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, Instants.At(1));
            events.AddRange(decision.Events);
            game = decision.Next;
        }
        return events;
    }

    /// <summary>Compares by content, arrays too.</summary>
    private static void Same(object? expected, object? actual)
    {
        switch (expected)
        {
            case User user:
                foreach (var property in typeof(User).GetProperties()) Same(property.GetValue(user), property.GetValue(actual));
                break;
            case System.Collections.IEnumerable all and not string:
                Assert.Equal(all.Cast<object>(), ((System.Collections.IEnumerable)actual!).Cast<object>());
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }
}
