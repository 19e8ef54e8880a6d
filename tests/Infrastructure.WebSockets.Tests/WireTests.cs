using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectFour.Infrastructure.WebSockets.Messages;
using FsCheck.Fluent;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>The two pure mappings: from the domain to the wire, and from any bytes to a message or a code.</summary>
public sealed class WireTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly UserName Ann = UserName.From("Ann");
    private static readonly UserName Bob = UserName.From("Bob");

    [Fact]
    public void A_disc_is_told_with_the_row_it_fell_to_and_the_line_with_its_cells()
    {
        var (stacked, won) = (Play("415161"), Play("4455667"));

        var dropped = Assert.IsType<MovedMessage>(Wire.Event(stacked, new GameEvent.DiscDropped(Player.Second, Column.From(1), Now), stacked.Version, 0));
        var over = Assert.IsType<GameOverMessage>(Wire.Event(won, new GameEvent.Ended(won.Outcome!, Now), won.Version, 0));
        var whole = Wire.Game(won, null, null, 0, Now);

        Assert.Equal((7, 5, 1, 1, 3), (dropped.Version, dropped.Ply, dropped.Player, dropped.Column, dropped.Row));
        Assert.Equal((0, "four"), (over.Winner, over.Reason));
        Assert.Equal([[4, 1], [5, 1], [6, 1], [7, 1]], over.Cells);
        Assert.Equal((null, "4455667"), (whole.ToMove, whole.Moves));
        Assert.Equal(over.Cells, whole.Result!.Cells);
    }

    [Fact]
    public void A_draw_has_no_winner_and_no_cells()
    {
        var drawn = Play(Draws.From(1).ToString());

        var result = Wire.Game(drawn, null, null, 0, Now).Result!;

        Assert.Equal((null, "full"), (result.Winner, result.Reason));
        Assert.Empty(result.Cells);
    }

    [Fact]
    public void Every_way_to_end_a_game_has_its_word_on_the_protocol_page()
    {
        var game = Play("");
        Outcome[] ways = [new Outcome.FullBoard(), new Outcome.Forfeit(Player.First), new Outcome.Flag(Player.First), new Outcome.Absence(Player.First), Play("4455667").Outcome!];

        var words = ways.Select(way => ((GameOverMessage)Wire.Event(game, new GameEvent.Ended(way, Now), 2, 0)).Reason);

        Assert.Equal(["full", "forfeit", "flag", "absence", "four"], words);
        Assert.All(words, word => Assert.Contains($"`{word}`", Repository.Read("docs", "protocol.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Clocks_are_told_player_1_first_in_whole_milliseconds_rounded_up()
    {
        var game = Play("", TimeControl.From(60, 5));

        var clock = Wire.Game(game, null, null, 0, Now.AddMilliseconds(10_000.4)).Clock!;

        Assert.Equal((60, 5), (clock.Initial, clock.Increment));
        Assert.Equal([50_000, 60_000], clock.Remaining);
    }

    [Fact]
    public void What_is_over_has_zero_left_and_never_less()
    {
        var invitation = new Invitation(Ann, Bob, null, Now.AddMilliseconds(0.4), Bob, null);

        Assert.Equal(1, Wire.Pending(invitation, Ann, Now).ExpiresIn);
        Assert.Equal(0, Wire.Pending(invitation, Ann, Now.AddSeconds(1)).ExpiresIn);
    }

    [Fact]
    public void An_invitation_is_told_from_each_end_and_with_how_it_ended()
    {
        var invitation = new Invitation(Ann, Bob, TimeControl.From(60, 5), Now.AddSeconds(30), Bob, new GameId("before"));

        var ends = Enum.GetValues<InvitationEnd>().Select(how => Wire.Ended(invitation, how, null).Status);

        Assert.Equal(("sent", "received"), (Wire.Pending(invitation, Ann, Now).Status, Wire.Pending(invitation, Bob, Now).Status));
        Assert.Equal(["accepted", "declined", "withdrawn", "expired", "gone"], ends);
        Assert.Equal(new InvitationMessage("accepted", "Ann", "Bob", new(60, 5), false, false, false, 0, "g", "before"), Wire.Ended(invitation, InvitationEnd.Accepted, new GameId("g")));
    }

    [Fact]
    public void A_user_is_told_as_the_list_shows_them()
    {
        var user = new User(Ann, UserKind.Bot, new Credential("x"), Now)
        {
            Games = [new GameSeat(new GameId("g"), Player.First, Bob)], OpenToMore = true, Colour = DiscColour.Green, Tally = new Tally(1, 2, 3), Connections = [new ConnectionId("c")],
        };

        Assert.Equal(new WireUser("Ann", "PLAYING", "bot", 1, true, "everybody", false, 1, 2, 3, null, false, "green"), Wire.User(user));
        Assert.Equal(["guest", "account", "bot"], Enum.GetValues<UserKind>().Select(Wire.Kind));
    }

    [Fact]
    public void The_colours_are_those_of_the_protocol_page()
    {
        var colours = Enum.GetValues<DiscColour>().Select(colour => Wire.User(new User(Ann, UserKind.Guest, new Credential("x"), Now) { Colour = colour }).Colour);

        Assert.Contains($"Disc colours are `{string.Join(' ', colours)}`.", Repository.Read("docs", "protocol.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_of_the_welcome_are_those_of_the_protocol_page()
    {
        var user = new User(Ann, UserKind.Guest, new Credential("x"), Now);
        var welcome = new Greeting(new SeededRandomness(), new LobbyRules(), new WebSocketLimits())
            .For(new(user, Application.ResumeToken.New(Ann, new SeededRandomness()), []), null);

        var told = JsonDocument.Parse(WireJson.Bytes(welcome)).RootElement.GetProperty("limits").EnumerateObject().Select(limit => $"{limit.Name} {limit.Value}");

        var page = Repository.Read("docs", "protocol.md").Split("\n## Limits\n")[1];
        Assert.Equal(Regex.Matches(page, @"`(\w+)`\s(\d+)").Select(match => $"{match.Groups[1]} {match.Groups[2]}"), told);
    }

    [Fact]
    public void Each_limit_of_the_welcome_is_told_under_its_own_name()
    {
        var rules = new LobbyRules { MaxConnections = 1, MaxGames = 2, MaxWatched = 3, InvitationLifetime = TimeSpan.FromSeconds(4), Grace = TimeSpan.FromSeconds(5) };
        var limits = new WebSocketLimits
        {
            MessageBytes = 6, FramesPerMessage = 7, FramesPerSecond = 8, Burst = 9, ListedUsers = 10, Ping = TimeSpan.FromSeconds(11),
        };

        var told = new Greeting(new SeededRandomness(), rules, limits)
            .For(new(new User(Ann, UserKind.Guest, new Credential("x"), Now), Application.ResumeToken.New(Ann, new SeededRandomness()), []), null).Limits;

        Assert.Equal(
            new WireLimits(
                MessageBytes: 6, FramesPerMessage: 7, FramesPerSecond: 8, Burst: 9, ConnectionsPerUser: 1,
                Games: 2, Watched: 3, ListedUsers: 10, InvitationSeconds: 4, GraceSeconds: 5, PingSeconds: 11),
            told);
    }

    [Theory]
    [InlineData(7, "bad_message")]
    [InlineData(8, "bad_json")]
    public void Eight_levels_are_read_and_nine_are_not(int arrays, string code) =>
        Assert.Equal(code, Read($"{{\"type\":\"ping\",\"games\":{new string('[', arrays)}{new string(']', arrays)}}}").Error);

    [Fact]
    public void An_id_may_have_32_characters() =>
        Assert.NotNull(Read($"{{\"type\":\"ping\",\"id\":\"{new string('x', 32)}\"}}").Message);

    /// <summary>A message of the protocol with some of its bytes changed, doubled or cut away.</summary>
    public static class Noise
    {
        private static readonly string[] Messages =
        [
            """{"type":"new_connection","username":"Alice","id":1}""", """{"type":"challenge","opponent":"Bob","clock":{"initial":180,"increment":2},"id":"x"}""",
            """{"type":"move","game":"g","ply":0,"column":4,"id":9007199254740991}""", """{"type":"ping","games":[{"game":"g","version":7}],"id":"\ud83d\ude00"}""",
        ];

        public static FsCheck.Arbitrary<byte[]> Any() => Arb.From(
            from message in Gen.Elements(Messages)
            from changes in Gen.Choose(0, 255).Three().ArrayOf(3)
            select changes.Aggregate(Encoding.UTF8.GetBytes(message), (bytes, change) => Changed(bytes, change.Item1, change.Item2, (byte)change.Item3)));

        private static byte[] Changed(byte[] bytes, int kind, int place, byte what)
        {
            var at = place % (bytes.Length + 1);
            return (kind % 4) switch
            {
                0 => [.. bytes[..at], what, .. bytes[at..]],
                1 => bytes[..at],
                2 => [.. bytes[..at], .. bytes[(at / 2)..]],
                _ => [.. bytes[..at], "{}[]\",:\\u0019-.e"u8[what % 16], .. bytes[Math.Min(bytes.Length, at + 1)..]],
            };
        }
    }

    [Property(Arbitrary = [typeof(Noise)], MaxTest = 2_000)]
    public void Whatever_the_bytes_reading_gives_a_message_or_one_of_the_codes_of_the_adapter(byte[] bytes)
    {
        var reading = MessageReader.Read(bytes);

        if (reading.Message is null) Assert.Contains(reading.Error, (string[])[ErrorCodes.BadJson, ErrorCodes.BadMessage, ErrorCodes.UnknownType]);
        else Assert.Null(reading.Error);
    }

    private static Reading Read(string text) => MessageReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>A game between Ann, who starts, and Bob.</summary>
    private static Game Play(string columns, TimeControl? control = null)
    {
        var game = Game.Start(new GameEvent.Started(new GameId("g"), new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), control, Now));
        foreach (var column in columns)
        {
            var decision = game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column - '0'), Now);
            game = Assert.IsType<Decision<Game, GameEvent>.Accepted>(decision).Next;
        }
        return game;
    }
}
