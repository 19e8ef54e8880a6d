using System.Net;

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

        var answers = await Task.WhenAll(named.Append("").Append("main.js").Append("not-there").Select(path => http.GetAsync("/" + path)));

        Assert.All(answers, answer =>
        {
            Assert.Equal(answer.RequestMessage!.RequestUri!.AbsolutePath == "/not-there" ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(answer.Headers.Contains("Server"));
        });
    }

    [Theory]
    [InlineData("/appsettings.json")]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/.git/config")]
    [InlineData("/css/")]
    [InlineData("/Program.cs")]
    public async Task Nothing_but_the_page_is_served(string path)
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };

        var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
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
}
