using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Between bytes and messages, without a socket.</summary>
public sealed class MessageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Theory]
    [MemberData(nameof(BadMessages.All), MemberType = typeof(BadMessages))]
    public void What_is_not_a_message_is_named(string text, string code)
    {
        var reading = MessageReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(code, reading.Error);
        Assert.Null(reading.Message);
    }

    [Theory]
    [InlineData("{\"type\":\"nonsense\",\"id\":7}", "7")]
    [InlineData("{\"type\":\"move\",\"id\":\"abc\"}", "\"abc\"")]
    [InlineData("{\"type\":\"ping\",\"id\":0}", "0")]
    [InlineData("{\"type\":\"ping\",\"id\":9007199254740991}", "9007199254740991")]
    [InlineData("{\"type\":\"ping\",\"id\":7,\"\\ud800\":1}", "7")]
    public void A_valid_id_is_known_even_if_the_rest_is_wrong(string text, string id)
    {
        var reading = MessageReader.Read(Encoding.UTF8.GetBytes(text));

        var json = Encoding.UTF8.GetString(WireJson.Bytes(new OkMessage { Re = reading.Id }));

        Assert.Equal($$"""{"type":"ok","re":{{id}}}""", json);
    }

    [Fact]
    public void A_clock_left_out_is_the_default_and_null_is_none()
    {
        var absent = Read<ChallengeMessage>("""{"type":"challenge","opponent":"Bob"}""");
        var none = Read<ChallengeMessage>("""{"type":"challenge","opponent":"Bob","clock":null}""");
        var given = Read<ChallengeMessage>("""{"type":"challenge","clock":{"initial":60,"increment":0},"opponent":"Bob"}""");

        Assert.Equal(new ClockSetting(180, 2), absent.Clock);
        Assert.Null(none.Clock);
        Assert.Equal(new ClockSetting(60, 0), given.Clock);
    }

    [Fact]
    public void Every_type_becomes_a_command_of_whoever_the_connection_belongs_to()
    {
        var ann = UserName.From("Ann");
        string[] examples =
        [
            """{"type":"challenge","opponent":"Bob"}""", """{"type":"cancel","opponent":"Bob"}""", """{"type":"accept","opponent":"Bob"}""",
            """{"type":"decline","opponent":"Bob"}""", """{"type":"move","game":"g","ply":0,"column":1}""", """{"type":"quit","game":"g"}""",
            """{"type":"rematch","game":"g"}""", """{"type":"open","more":true}""", """{"type":"watch","game":"g"}""", """{"type":"unwatch","game":"g"}""",
            """{"type":"find","prefix":"B"}""", """{"type":"ping"}""", """{"type":"seek","clocks":[null]}""", """{"type":"unseek"}""", """{"type":"link"}""", """{"type":"unlink"}""",
            """{"type":"join","opponent":"Bob","key":"k"}""", """{"type":"swap","game":"g"}""", """{"type":"react","game":"g","reaction":"nice"}""", """{"type":"claim","game":"g"}""",
            """{"type":"allow","challenges":"nobody"}""", """{"type":"block","name":"Bob"}""", """{"type":"unblock","name":"Bob"}""",
        ];
        string[] ofTheConnection = ["new_connection", "running"];

        var commands = examples.Select(example => Commands.From(Read<ClientMessage>(example), ann, new ConnectionId("1")));

        Assert.All(commands, command => Assert.Equal(ann, command.GetType().GetProperty("By")!.GetValue(command)));
        Assert.Equal(ClientMessage.Types.Count - ofTheConnection.Length, commands.Select(command => command.GetType()).Distinct().Count());
    }

    [Fact]
    public void Every_server_message_has_its_type_first()
    {
        var registered = typeof(ServerMessage).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType).ToHashSet();

        var concrete = typeof(ServerMessage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerMessage)) && !type.IsAbstract).ToHashSet();

        Assert.Equal(concrete, registered);
        Assert.StartsWith("{\"type\":\"pong\",\"re\":1,", Encoding.UTF8.GetString(WireJson.Bytes(new PongMessage([], []) { Re = Id("1") })), StringComparison.Ordinal);
    }

    [Fact]
    public void Zeroes_and_nulls_are_sent_and_an_absent_id_is_not()
    {
        var game = Game.Start(new GameEvent.Started(new GameId("g"), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Black), null, Now));

        var json = Encoding.UTF8.GetString(WireJson.Bytes(Wire.Game(game, null, null, 3, Now)));

        Assert.Equal(
            """
            {"type":"game","game":"g","version":1,"players":[{"name":"Ann","colour":"red","connected":true,"claimableIn":null,"forfeitsIn":null},{"name":"Bob","colour":"black","connected":true,"claimableIn":null,"forfeitsIn":null}],"opening":"","moves":"","toMove":0,"clock":null,"swap":null,"pair":null,"rated":false,"watchers":3,"result":null}
            """, json);
        Assert.True(json.Length < 1_024);
    }

    [Fact]
    public void The_error_table_of_the_protocol_page_names_exactly_the_codes_there_are()
    {
        var codes = Enum.GetValues<Refusal>().Select(ErrorCodes.Of).Concat(Enum.GetValues<Malformation>().Select(ErrorCodes.Of))
            .Concat(((AppendResult[])[AppendResult.Pending, AppendResult.Overloaded, AppendResult.Unavailable]).Select(ErrorCodes.Of))
            .Concat([ErrorCodes.BadJson, ErrorCodes.UnknownType, ErrorCodes.NotConnected, ErrorCodes.AlreadyConnected, ErrorCodes.RateLimited]).Distinct();

        var documented = Regex.Matches(Section("Errors"), "^\\| `([a-z_]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Skip(1); // the first is the heading

        Assert.Equal(codes.Order(), documented.Order());
        Assert.All(codes, code => Assert.NotEmpty(ErrorCodes.Error(code, null).Message));
    }

    [Fact]
    public void The_close_codes_are_those_of_the_protocol_page()
    {
        var codes = Enum.GetValues<Ending>().Select(ending => ((int)CloseCodes.Of(ending).Code).ToString(System.Globalization.CultureInfo.InvariantCulture)).Distinct();

        var documented = Section("Close codes");

        Assert.All(codes, code => Assert.Matches($"(?m)^\\| [^|]*\\b{code}\\b", documented));
    }

    [Fact]
    public void Every_type_stands_on_the_protocol_page()
    {
        var page = Repository.Read("docs", "protocol.md");

        Assert.All(ClientMessage.Types.Keys, type => Assert.Contains($"`{type}`", page, StringComparison.Ordinal));
    }

    private static RequestId? Id(string json) => RequestId.Of(JsonDocument.Parse(json).RootElement);

    private static T Read<T>(string text) where T : ClientMessage => Assert.IsType<T>(MessageReader.Read(Encoding.UTF8.GetBytes(text)).Message, exactMatch: false);

    private static string Section(string title) => Repository.Read("docs", "protocol.md").Split($"\n## {title}\n")[1].Split("\n## ")[0];
}
