using System.Text.Encodings.Web;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What runs in the page is ours alone (S9, S12, B22, B23): its policy is kept everywhere, and a name is a text, whatever it looks like.</summary>
public sealed class PolicyTests(Chromium chromium) : Gathering(chromium)
{
    private static readonly JsonSerializerOptions AsPagesWrite = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task No_page_does_what_its_policy_forbids()
    {
        var ann = await Register("Ann");
        var bob = await Join("Bob");
        await ann.GoTo("/");
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        var game = await bob.Page.Locator("#game").GetAttributeAsync("data-game");

        foreach (var (path, shown) in new[]
        {
            ("/", "#lobby"), ($"/game/{game}", ".plies li >> nth=0"), ("/user/Ann", "#games tbody tr"), ("/leaderboard", "h1"), ("/account", "#mine"), ("/replay", "#record"), ("/local", ".board"),
            ("/analysis?moves=44", ".board"), ("/puzzles", ".board"), ("/join/Ann/none", "main"), ("/not/there", "h1"),
        })
        {
            await ann.GoTo(path);
            await Expect(ann.Page.Locator(shown)).ToBeVisibleAsync();
            await ann.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        ann.ForgetRefusals();
        Assert.Empty(ann.Complaints); // The listener in every page is among those that complain.
    }

    [Theory]
    [InlineData("const script = document.createElement('script'); script.textContent = 'globalThis.harm = 1'; document.head.append(script);")]
    [InlineData("document.body.setAttribute('style', 'color: red');")]
    [InlineData("document.body.innerHTML = '<b>x</b>';")]
    [InlineData("document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.com/' }));")]
    [InlineData("new Image().src = 'https://example.com/harm.png';")]
    public async Task What_the_policy_forbids_does_not_happen_and_is_complained_of(string harm)
    {
        var ann = await Person.Open(Server, await Browser());

        var happened = await ann.Page.EvaluateAsync<bool>($$"""async () => { try { {{harm}} } catch { } await new Promise(requestAnimationFrame); return globalThis.harm === 1 || document.baseURI.includes('example') || !document.querySelector('main'); }""");

        Assert.False(happened);
        await Condition.Holds(() => ann.Complaints.Exists(complaint => complaint.Contains("policy", StringComparison.OrdinalIgnoreCase) || complaint.Contains("TrustedHTML", StringComparison.Ordinal)));
    }

    /// <summary>The server would never let such a name in; here somebody between it and the page writes it into all that is said of Mallory.</summary>
    [Theory]
    [InlineData("<script>globalThis.harm = 1</script>")]
    [InlineData("<img src=x onerror=globalThis.harm=1>")]
    [InlineData("\" onmouseover=\"globalThis.harm=1\" x=\"")]
    [InlineData("{{globalThis.harm=1}}<svg onload=globalThis.harm=1>")]
    [InlineData("javascript:globalThis.harm=1")]
    [InlineData("__proto__")]
    public async Task A_name_that_is_a_script_is_shown_as_the_text_that_it_is(string name)
    {
        var browser = await Browser();
        await browser.RouteWebSocketAsync(url => url.EndsWith("/ws", StringComparison.Ordinal), line =>
        {
            var server = line.ConnectToServer();
            var (real, written) = ("\"Mallory\"", JsonSerializer.Serialize(name, AsPagesWrite));
            server.OnMessage(message => line.Send(message.Text!.Replace(real, written, StringComparison.Ordinal)));
            line.OnMessage(message => server.Send(message.Text!.Replace(written, real, StringComparison.Ordinal)));
        });
        var ann = await Join("Ann", browser);
        var mallory = await Join("Mallory");

        await Expect(ann.Page.Locator("#lobby tbody")).ToContainTextAsync(name);
        await mallory.Button("Challenge Ann").ClickAsync();
        await Expect(ann.Invitation).ToContainTextAsync(name);
        await ann.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync($"You are playing with {name}");
        await Person.PlayOut(ann, mallory, "12");
        await mallory.Button("Hello").ClickAsync();
        await Person.PlayOut(ann, mallory, "1213141", from: 2);
        await Expect(ann.Page.Locator("#game")).ToHaveAttributeAsync("data-over", "true");
        await ann.Button("Back to the lobby").ClickAsync();
        await ann.Page.Locator("#lobby tbody tr").Last.HoverAsync();

        Assert.False(await ann.Page.EvaluateAsync<bool>("() => 'harm' in globalThis || {}.state !== undefined || document.querySelectorAll('main script, main img[src=x], main svg[onload], [onmouseover]').length > 0"));
    }
}
