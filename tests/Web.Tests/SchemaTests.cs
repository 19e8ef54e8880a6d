using System.Text.Json.Nodes;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Web.Tests;

/// <summary>docs/protocol.schema.json against the code, and against itself.</summary>
public sealed class SchemaTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly (UserName Ann, UserName Bob) Names = (UserName.From("Ann"), UserName.From("Bob"));
    private static readonly Invitation Invitation = new(Names.Ann, Names.Bob, null, Now, Names.Bob, null);

    [Fact]
    public void There_is_a_definition_of_every_message_and_of_no_other()
    {
        var server = typeof(ServerMessage).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => (string)attribute.TypeDiscriminator!);

        Assert.Equal(ClientMessage.Types.Keys.Order(), ProtocolSchema.Types("client").Order());
        Assert.Equal(server.Order(), ProtocolSchema.Types("server").Order());
    }

    [Fact]
    public void The_values_of_states_kinds_and_colours_are_those_of_the_code()
    {
        var user = new User(Names.Ann, UserKind.Guest, new Credential(""), Now);
        User[] states = [user, user with { Invitation = Invitation }, user with { Invitation = Invitation with { From = Names.Bob, To = Names.Ann } }, user with { Games = [new(new GameId("g"), Player.First, Names.Bob)] }];

        Assert.Equal(Enum.GetValues<UserState>(), states.Select(state => state.State));
        Assert.Equal(states.Select(state => Wire.User(state).State), ProtocolSchema.Values("state"));
        Assert.Equal(Enum.GetValues<UserKind>().Select(Wire.Kind), ProtocolSchema.Values("kind"));
        Assert.Equal(Enum.GetValues<DiscColour>().Select(colour => Wire.User(user with { Colour = colour }).Colour), ProtocolSchema.Values("colour"));
    }

    [Fact]
    public void The_values_of_an_invitations_status_are_those_of_the_code()
    {
        var pending = new[] { Names.Ann, Names.Bob }.Select(viewer => Wire.Pending(Invitation, viewer, Now).Status);
        var ended = Enum.GetValues<InvitationEnd>().Select(how => Wire.Ended(Invitation, how, null).Status);

        Assert.Equal(pending, ProtocolSchema.Values("pending"));
        Assert.Equal(ended, ProtocolSchema.Values("accepted").Concat(ProtocolSchema.Values("ended")));
    }

    [Fact]
    public void The_values_of_a_games_reason_are_those_of_the_code()
    {
        var game = Game.Start(new GameEvent.Started(new GameId("g"), new(Names.Ann, DiscColour.Red), new(Names.Bob, DiscColour.Yellow), null, Now));
        Outcome[] outcomes = [new Outcome.FourInLine(Player.First, default), new Outcome.FullBoard(), new Outcome.Forfeit(Player.First), new Outcome.Flag(Player.First), new Outcome.Absence(Player.First)];

        Assert.Equal(typeof(Outcome).GetNestedTypes(), outcomes.Select(outcome => outcome.GetType()));
        Assert.Equal(outcomes.Select(outcome => Assert.IsType<GameOverMessage>(Wire.Event(game, new GameEvent.Ended(outcome, Now), 2, 0)).Reason), ProtocolSchema.Values("reason"));
    }

    [Fact]
    public void The_error_codes_are_those_of_the_code()
    {
        var codes = Enum.GetValues<Refusal>().Select(ErrorCodes.Of).Concat(Enum.GetValues<Malformation>().Select(ErrorCodes.Of))
            .Concat(((AppendResult[])[AppendResult.Pending, AppendResult.Overloaded, AppendResult.Unavailable]).Select(ErrorCodes.Of))
            .Concat([ErrorCodes.BadJson, ErrorCodes.UnknownType, ErrorCodes.NotConnected, ErrorCodes.AlreadyConnected, ErrorCodes.RateLimited]);

        Assert.Equal(codes.Order(), ProtocolSchema.Values("code").Order());
    }

    [Theory]
    [InlineData("""{"type":"ok","game":"g"}""", "a version without its dup")]
    [InlineData("""{"type":"ok","users":[],"game":"g","version":2,"dup":false}""", "the answers to two questions")]
    [InlineData("""{"type":"pong","games":[]}""", "not what it does not know")]
    [InlineData("""{"type":"error","code":"no_such_code","message":""}""", "no error code")]
    [InlineData("""{"type":"invitation","status":"accepted","from":"Ann","to":"Bob","clock":null,"expiresIn":0,"game":null,"rematchOf":null}""", "accepted without a game")]
    [InlineData("""{"type":"invitation","status":"declined","from":"Ann","to":"Bob","clock":null,"expiresIn":0,"game":"g","rematchOf":null}""", "a game although declined")]
    [InlineData("""{"type":"invitation","status":"sent","from":"Ann","to":"Bob","clock":null,"expiresIn":-1,"game":null,"rematchOf":null}""", "less than no time")]
    [InlineData("""{"type":"moved","game":"g","version":2,"ply":0,"player":0,"column":4,"row":7,"remaining":null}""", "above the board")]
    [InlineData("""{"type":"moved","game":"g","version":2,"ply":0,"player":2,"column":4,"row":1,"remaining":null}""", "a third player")]
    [InlineData("""{"type":"moved","game":"g","version":2,"ply":0,"player":0,"column":4,"row":1,"remaining":[1]}""", "one clock")]
    [InlineData("""{"type":"game_over","game":"g","version":9,"winner":0,"reason":"four","cells":[[1,7]]}""", "a cell above the board")]
    [InlineData("""{"type":"game_over","game":"g","version":9,"winner":0,"reason":"five","cells":[]}""", "no reason")]
    [InlineData("""{"type":"presence","game":"g","player":0,"connected":false}""", "nothing about the seat")]
    [InlineData("""{"type":"move","game":"g","ply":0,"column":1,"player":0}""", "who acts is the connection")]
    [InlineData("""{"type":"nonsense"}""", "no message")]
    [InlineData("""[]""", "no object")]
    public void What_is_not_a_message_is_not_valid(string text, string why)
    {
        Assert.False(ProtocolSchema.IsMessage(JsonNode.Parse(text)!), why);
    }
}
