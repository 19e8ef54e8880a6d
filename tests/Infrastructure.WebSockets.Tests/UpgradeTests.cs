namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Who is let in.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task The_sub_protocol_is_agreed_upon_or_left_out()
    {
        await using var server = await SocketServer.Start();

        using var named = await server.Connect(options => options.AddSubProtocol("connect-four.v1"));
        using var none = await server.Connect();

        Assert.Equal("connect-four.v1", named.Socket.SubProtocol);
        Assert.Null(none.Socket.SubProtocol);
        Assert.Equal(400, await server.Refusal(options => options.AddSubProtocol("connect-four.v9")));
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_and_a_program_without_origin_is_not()
    {
        await using var server = await SocketServer.Start();
        var own = server.Address.GetLeftPart(UriPartial.Authority);

        using var page = await server.Connect(options => options.SetRequestHeader("Origin", own));
        using var program = await server.Connect();

        string[] foreign = ["null", "http://evil.example", own + ".evil.example", own.Replace("http:", "https:", StringComparison.Ordinal), "http://127.0.0.1:1", "file://"];
        foreach (var origin in foreign) Assert.Equal(403, await server.Refusal(options => options.SetRequestHeader("Origin", origin)));
    }

    /// <summary>What is compressed together with a secret tells of it by its length (S13).</summary>
    [Fact]
    public async Task Messages_are_not_compressed_even_if_a_client_offers_it()
    {
        await using var server = await SocketServer.Start();

        var answer = await RawClient.UpgradeAnswer(server, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");

        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_origins_are_as_bad_as_a_foreign_one()
    {
        await using var server = await SocketServer.Start();
        var own = server.Address.GetLeftPart(UriPartial.Authority);

        var status = await RawClient.Upgrade(server, $"Origin: {own}", $"Origin: {own}");

        Assert.Equal("HTTP/1.1 403 Forbidden", status);
    }

    [Fact]
    public async Task A_request_that_is_no_upgrade_is_a_bad_request()
    {
        await using var server = await SocketServer.Start();
        using var http = new HttpClient();

        var get = await http.GetAsync(new Uri(server.Address, "/ws"));
        var post = await http.PostAsync(new Uri(server.Address, "/ws"), null);

        Assert.Equal((400, 400), ((int)get.StatusCode, (int)post.StatusCode));
        Assert.Equal("13", Assert.Single(get.Headers.GetValues("Sec-WebSocket-Version")));
    }

    [Fact]
    public async Task One_address_has_so_many_connections_and_gets_another_when_one_has_closed()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { ConnectionsPerAddress = 2 });
        using var first = await server.Connect();
        using var second = await server.Connect();

        var third = await server.Refusal();
        first.Socket.Abort();
        await Condition.Holds(() => server.Get<Admission>().Count == 1);
        using var again = await server.Connect();

        Assert.Equal(429, third);
    }

    [Fact]
    public async Task A_full_server_says_so()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { Connections = 1 });
        using var first = await server.Connect();

        Assert.Equal(503, await server.Refusal());
    }

    [Fact]
    public async Task A_server_that_stops_sends_everybody_away_with_1012_and_lets_nobody_in()
    {
        await using var server = await SocketServer.Start();
        using var client = await server.Join("Ann");

        var stopping = server.Stop();
        var code = await client.Closed();
        await stopping;

        Assert.Equal(1012, code);
        Assert.Equal(Admission.Answer.ServerFull, server.Get<Admission>().TryEnter(System.Net.IPAddress.Loopback));
    }
}
