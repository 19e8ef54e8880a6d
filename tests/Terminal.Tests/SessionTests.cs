using System.Text.Json;
using ConnectFour.Terminal.Online;

namespace ConnectFour.Terminal.Tests;

/// <summary>What an online client makes of what it is told; docs/protocol.md says what it should.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_user_list_is_replaced_by_a_whole_one_and_changed_by_changes_of_its_version()
    {
        var session = Told(
            new Session("Bob"),
            """{"type":"user_list","version":3,"online":2,"users":[{"name":"Ann","state":"AVAILABLE","kind":"guest","open":false,"rating":null,"games":0},{"name":"Bob","state":"AVAILABLE","kind":"guest"}]}""",
            """{"type":"user_changes","from":3,"version":4,"online":2,"changed":[{"name":"Cy","state":"PLAYING","kind":"bot","open":true,"rating":1500}],"removed":["Ann"]}""",
            """{"type":"user_changes","from":5,"version":6,"online":9,"changed":[],"removed":["Cy"]}""");

        Assert.Equal(["Bob", "Cy"], session.Users.Keys);
        Assert.Equal(2, session.Online);
    }

    [Fact]
    public void What_is_not_newer_is_dropped_and_after_a_gap_the_whole_is_asked_for()
    {
        var session = Told(new Session("Bob"), Game(1, ""), Moved(2, 0, 4), Moved(2, 0, 4));
        Assert.Equal("4", session.Game!.Moves.ToString());

        var (after, question) = session.Hear(Message(Moved(4, 2, 5)), Now);

        Assert.Equal("4", after.Game!.Moves.ToString());
        Assert.Equal(new WireVersion("g", 2), Assert.Single(Assert.IsType<ClientMessage.Ping>(question).Games));
        Assert.Equal("443", Told(after, Game(4, "443")).Game!.Moves.ToString());
    }

    [Fact]
    public void A_move_of_unknown_fate_is_sent_again_when_the_line_is_back()
    {
        var (session, _) = Told(new Session("Bob"), Game(1, "")).Ask(new ClientMessage.Move("g", 0, 4));
        Assert.False(session.IsMyTurn);

        var (lost, _) = session.Hear(Message(Game(1, "")), Now);
        var (_, question) = session.Hear(Message(Game(1, "")), Now);

        Assert.Equal(new ClientMessage.Move("g", 0, 4), question);
        Assert.False(lost.Game!.IsOver);
        Assert.Null(session.Hear(Message(Game(2, "4")), Now).Question);
    }

    [Fact]
    public void A_move_that_the_disk_keeps_waiting_is_sent_again_and_one_that_was_refused_is_not()
    {
        var (session, move) = Told(new Session("Bob"), Game(1, "")).Ask(new ClientMessage.Move("g", 0, 4));

        var (_, again) = session.Hear(Message($$"""{"type":"error","re":{{move.Id}},"code":"pending","message":"Perhaps."}"""), Now);
        var (refused, nothing) = session.Hear(Message($$"""{"type":"error","re":{{move.Id}},"code":"overloaded","message":"Too much."}"""), Now);

        Assert.Equal(move, again);
        Assert.Null(nothing);
        Assert.True(refused.IsMyTurn);
        Assert.Equal("Too much.", refused.Notice);
    }

    [Fact]
    public void Whoever_comes_back_shows_the_token_and_without_success_comes_as_new()
    {
        var session = Told(new Session("Bob"), """{"type":"welcome","re":1,"protocol":1,"name":"Bob","kind":"guest","token":"t","epoch":"e","limits":{"games":10}}""");

        var (greeting, hello) = session.Greet();
        var (after, again) = greeting.Hear(Message($$"""{"type":"error","re":{{hello.Id}},"code":"bad_token","message":"No."}"""), Now);

        Assert.Equal(new ClientMessage.NewConnection(null, "t") { Id = hello.Id }, hello);
        Assert.Equal(new ClientMessage.NewConnection("Bob", null), again);
        Assert.Null(after.Token);
    }

    [Fact]
    public void A_name_that_is_taken_ends_it_with_the_server_s_words()
    {
        var (session, hello) = new Session("Bob").Greet();

        var (after, _) = session.Hear(Message($$"""{"type":"error","re":{{hello.Id}},"code":"name_taken","message":"Somebody has that name."}"""), Now);

        Assert.Equal(new LineState.Ended("Somebody has that name."), after.Line);
    }

    [Fact]
    public void Only_the_clock_of_whoever_is_to_move_runs_and_stops_with_the_game()
    {
        var game = Told(new Session("Bob"), Game(1, "", """{"initial":180,"increment":2,"remaining":[60000,90000]}""")).Game!;
        var later = Now + TimeSpan.FromSeconds(7);

        var over = game.After(new ServerMessage.GameOver("g", 2, 1, "forfeit"), later);

        Assert.Equal(TimeSpan.FromSeconds(53), game.Left(Player.First, later));
        Assert.Equal(TimeSpan.FromSeconds(90), game.Left(Player.Second, later));
        Assert.Equal(TimeSpan.Zero, game.Left(Player.First, later + TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromSeconds(53), over.Left(Player.First, later + TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("four", 0, "You win: four in line.")]
    [InlineData("four", 1, "Ann wins: four in line.")]
    [InlineData("flag", 1, "Ann wins: your time ran out.")]
    [InlineData("absence", 0, "You win: Ann stayed away.")]
    [InlineData("full", null, "A draw: the board is full.")]
    public void The_end_is_told_as_the_player_sees_it(string reason, int? winner, string told) =>
        Assert.Equal(told, Told(new Session("Bob"), Game(1, "")).Game!.After(new ServerMessage.GameOver("g", 2, winner, reason), Now).Ending("bob"));

    [Fact]
    public void A_game_that_the_server_had_to_set_back_is_asked_for_and_shown_as_it_is_there()
    {
        var before = Told(new Session("Bob"), Game(4, "443"), Game(2, "4"));

        var (told, question) = before.Hear(Message("""{"type":"set_back","game":"g","version":2,"ply":1}"""), Now);
        var after = Told(told, Game(2, "4"));

        Assert.Equal("443", before.Games["g"].Moves.ToString());
        Assert.Equal(new WireVersion("g", 0), Assert.Single(Assert.IsType<ClientMessage.Ping>(question).Games));
        Assert.Contains("after move 1", told.Notice, StringComparison.Ordinal);
        Assert.Equal((2, "4"), (after.Games["g"].Version, after.Games["g"].Moves.ToString()));
    }

    [Fact]
    public void What_the_client_does_not_know_is_read_over()
    {
        var session = Told(new Session("Bob"), """{"type":"reaction","game":"g","player":0,"reaction":"nice"}""", """{"type":"something_new","of":{"a":[1]}}""");

        Assert.Equal(new Session("Bob").Users, session.Users);
    }

    [Fact]
    public void What_is_said_is_what_the_protocol_has()
    {
        Assert.Equal("""{"type":"new_connection","username":"Bob","id":1}""", Json(new ClientMessage.NewConnection("Bob", null) { Id = 1 }));
        Assert.Equal("""{"type":"challenge","opponent":"Ann","clock":null,"id":2}""", Json(new ClientMessage.Challenge("Ann", null) { Id = 2 }));
        Assert.Equal("""{"type":"challenge","opponent":"Ann","clock":{"initial":180,"increment":2},"id":2}""", Json(new ClientMessage.Challenge("Ann", new(180, 2)) { Id = 2 }));
        Assert.Equal("""{"type":"move","game":"g","ply":0,"column":4,"id":3}""", Json(new ClientMessage.Move("g", 0, 4) { Id = 3 }));
        Assert.Equal("""{"type":"ping","games":[{"game":"g","version":7}],"id":4}""", Json(new ClientMessage.Ping([new("g", 7)]) { Id = 4 }));
    }

    private static string Json(ClientMessage message) => JsonSerializer.Serialize(message, WireContext.Default.ClientMessage);

    private static ServerMessage Message(string json) => JsonSerializer.Deserialize(json, WireContext.Default.ServerMessage)!;

    private static Session Told(Session session, params string[] messages) => messages.Aggregate(session, (known, json) => known.Hear(Message(json), Now).Next);

    private static string Game(int version, string moves, string clock = "null") =>
        $$"""{"type":"game","game":"g","version":{{version}},"players":[{"name":"Bob","colour":"red","connected":true},{"name":"Ann","colour":"blue","connected":true}],"moves":"{{moves}}","toMove":{{moves.Length % 2}},"clock":{{clock}},"swap":null,"rated":false,"watchers":0,"result":null}""";

    private static string Moved(int version, int ply, int column) =>
        $$"""{"type":"moved","game":"g","version":{{version}},"ply":{{ply}},"player":{{ply % 2}},"column":{{column}},"row":1,"remaining":null}""";
}
