using System.Net;
using System.Net.Http.Json;

namespace ConnectFour.Web.Tests;

/// <summary>Whose word counts about where a request comes from.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.1, 127.0.0.0/8", true)]
    [InlineData("192.0.2.0/24", false)]
    [InlineData(null, false)]
    public async Task Only_a_proxy_that_is_named_is_believed(string? proxies, bool isBelieved)
    {
        string[] named = proxies is null ? [] : ["--ConnectFour:Proxies", proxies];
        await using var server = await RunningServer.Start(named);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Add("Origin", $"https://{server.Address.Authority}");

        var answer = await http.PostAsJsonAsync("/api/session", new { name = "Ann", password = "a horse that plays well" });

        Assert.Equal(isBelieved ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.TooManyRequests)]
    public async Task Those_behind_a_proxy_that_is_named_have_their_own_limits_and_whoever_only_claims_to_be_has_none(string? proxies, HttpStatusCode second)
    {
        string[] named = proxies is null ? [] : ["--ConnectFour:Proxies", proxies];
        await using var server = await RunningServer.Start(["--ConnectFour:Accounts:AttemptsPerMinute", "1", .. named]);
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(http, "203.0.113.1"));
        Assert.Equal(second, await Attempt(http, "203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Attempt(http, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Attempt(http, "198.51.100.7, 203.0.113.1")); // The nearest to us is whom the proxy saw.
    }

    [Theory]
    [InlineData("everybody")]
    [InlineData("10.0.0.0/40")]
    [InlineData("127.0.0.1, my-proxy")]
    public void Proxies_that_are_none_stop_the_start(string proxies)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<SettingsException>(() => Server.Build(["--ConnectFour:DataDirectory", folder.Path, "--ConnectFour:Proxies", proxies], Path.Combine(Repository.Root, "Web")));
    }

    private static async Task<HttpStatusCode> Attempt(HttpClient http, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = JsonContent.Create(new { name = "Ann", password = "a horse that plays well" }) };
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return (await http.SendAsync(request)).StatusCode;
    }
}
