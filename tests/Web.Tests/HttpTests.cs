using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace ConnectFour.Web.Tests;

/// <summary>The page over plain HTTP.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task The_page_and_everything_it_names_is_served_with_its_headers()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var page = await http.GetStringAsync("/");
        var named = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct();

        var answers = await Task.WhenAll(named.Append("/not-there").Append("/ws").Select(path => http.GetAsync(path)));

        Assert.All(answers, answer =>
        {
            Assert.Equal(
                answer.RequestMessage!.RequestUri!.AbsolutePath switch { "/not-there" => HttpStatusCode.NotFound, "/ws" => HttpStatusCode.BadRequest, _ => HttpStatusCode.OK },
                answer.StatusCode);
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            foreach (var name in (string[])["Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"]) Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues(name)));
            Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // Not over plain HTTP.
            var isKept = answer.RequestMessage.RequestUri.AbsolutePath.StartsWith("/assets/", StringComparison.Ordinal);
            Assert.True(isKept ? answer.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300) : answer.Headers.CacheControl is { NoCache: true } or { NoStore: true });
            Assert.False(answer.Headers.Contains("Server"));
        });
    }

    [Fact]
    public async Task Every_address_there_is_has_the_whole_policy_whatever_it_is_asked()
    {
        const string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var routes = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => "/" + Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "x")).Distinct().ToArray();

        foreach (var path in routes)
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options])
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await http.SendAsync(request);
                var said = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
                Assert.StartsWith(policy, said, StringComparison.Ordinal);
                foreach (var part in (string[])["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"]) Assert.Contains(part, said, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", said, StringComparison.Ordinal);
            }
        Assert.InRange(routes.Length, 30, 200);
    }

    [Fact]
    public async Task Nothing_but_the_page_is_served()
    {
        await using var server = await RunningServer.Start();
        string[] paths =
        [
            "/appsettings.json", "/../appsettings.json", "/%2e%2e/appsettings.json", "/..%2fappsettings.json", "/..%5cappsettings.json", "/css/../../appsettings.json",
            "/css/%2e%2e/%2e%2e/appsettings.json", "//appsettings.json", "/.git/config", "/../.git/config", "/Program.cs", "/Web.csproj", "/wwwroot/index.html", "/css/", "/css",
        ];

        var answers = await Task.WhenAll(paths.Select(async path => (Path: path, Text: await Raw(server, $"GET {path} HTTP/1.1"))));

        Assert.All(answers, answer => Assert.True(answer.Text.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), $"{answer.Path}: {answer.Text}"));
        Assert.All(answers, answer => Assert.DoesNotContain("Server:", answer.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(answers, answer => Assert.Contains("Content-Security-Policy: default-src 'none'", answer.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/not/there", "text/html,*/*;q=0.8", "text/html")]
    [InlineData("/not/there", "*/*", "application/problem+json")]
    [InlineData("/not/there", null, "application/problem+json")]
    [InlineData("/api/not-there", "text/html,*/*;q=0.8", "application/problem+json")]
    public async Task Where_nothing_is_people_get_a_page_and_programs_problem_details(string path, string? accepted, string type)
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        if (accepted is not null) http.DefaultRequestHeaders.Add("Accept", accepted);

        var answer = await http.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("base-uri 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_only_read()
    {
        await using var server = await RunningServer.Start();
        string[] requests = ["TRACE / HTTP/1.1", "TRACE /main.js HTTP/1.1", "POST / HTTP/1.1", "PUT /main.js HTTP/1.1", "DELETE /index.html HTTP/1.1", "PATCH / HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT x:80 HTTP/1.1"];

        var answers = await Task.WhenAll(requests.Select(async request => (Request: request, Text: await Raw(server, request, "X-Secret: 4711"))));
        var page = await Raw(server, "GET / HTTP/1.1");

        Assert.All(answers, answer => Assert.Matches("^HTTP/1.1 40[045] ", answer.Text));
        Assert.All(answers, answer => Assert.DoesNotContain("4711", answer.Text, StringComparison.Ordinal)); // TRACE would send it back.
        Assert.StartsWith("HTTP/1.1 200 ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("TRACE")]
    public async Task The_sockets_address_wants_an_upgrade(string method)
    {
        await using var server = await RunningServer.Start();

        var answer = await Raw(server, $"{method} /ws HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_runs_no_script_and_no_style_but_its_files()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };

        var page = await http.GetStringAsync("/");

        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)<script(?![^>]*src=)", page);
        Assert.DoesNotMatch("(?i)\\son[a-z]+=", page);
        Assert.DoesNotMatch("https?://", page);
    }

    /// <summary>The whole answer to a request as it is written here: an HttpClient would tidy the path up before it sends it.</summary>
    private static async Task<string> Raw(RunningServer server, string requestLine, params string[] headers)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        await using var stream = client.GetStream();
        string[] request = [requestLine, $"Host: {server.Address.Authority}", "Connection: close", "Content-Length: 0", .. headers, "", ""];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", request)), patience.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(patience.Token);
    }
}
