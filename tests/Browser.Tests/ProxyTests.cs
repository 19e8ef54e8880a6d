using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Behind a proxy that speaks TLS, below a path, as most people will host it.</summary>
public sealed class ProxyTests(Chromium chromium)
{
    private const string Path = "/games/four";

    [Fact]
    public async Task Behind_a_proxy_that_speaks_tls_and_below_a_path_people_play_have_accounts_and_come_back()
    {
        await using var server = await RunningServer.Start("--ConnectFour:PathBase", Path, "--ConnectFour:Proxies", "127.0.0.1", "--ConnectFour:Accounts:PlainHttp", "false");
        await using var proxy = await TlsProxy.Start(server.Address, Path);
        await using var anns = await chromium.Context(trusting: true);
        await using var bobs = await chromium.Context(trusting: true);
        var ann = await Person.Open(proxy.Address, anns, $"{Path}/account");
        var bob = await Person.Open(proxy.Address, bobs, $"{Path}/");

        await ann.CreateAccount("Ann", "a horse that plays well");
        await bob.SayName("Bob");
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213");
        await ann.Page.ReloadAsync();
        await Expect(ann.Discs).ToHaveCountAsync(4);
        await bob.Drop(1);
        await Expect(ann.Discs).ToHaveCountAsync(5);
        await ann.Drop(4);
        await Expect(bob.Discs).ToHaveCountAsync(6);
        await bob.Drop(1);

        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        await ann.Page.Locator("#game").GetByRole(AriaRole.Link, new() { Name = "Replay" }).ClickAsync();
        await Expect(ann.Page.Locator(".plies li")).ToHaveCountAsync(7);
        Assert.StartsWith(new Uri(proxy.Address, $"{Path}/game/").ToString(), ann.Page.Url, StringComparison.Ordinal);
        var cookie = Assert.Single(await anns.CookiesAsync());
        Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
        Assert.True(cookie.Secure);
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }
}
