using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Axe finds nothing to complain of on any page, in any state, in any look.</summary>
public sealed class AccessibilityTests(Chromium chromium) : Gathering(chromium)
{
    public static TheoryData<string, string> Looks => new() { { "light", "" }, { "dark", "" }, { "light", "more" }, { "dark", "more" } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Everything_that_happens_in_the_lobby_and_in_a_game_is_accessible(string theme, string contrast)
    {
        var (ann, bob) = (await Open("/"), await Join("Bob"));
        foreach (var person in (Person[])[ann, bob]) await Look(person, theme, contrast);
        await Expect(ann.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await IsAccessible(ann, "signing in");
        await ann.SayName("Ann");
        await Expect(bob.Row("Ann")).ToBeVisibleAsync();
        await IsAccessible(bob, "the lobby");

        await bob.Button("Play now").ClickAsync();
        await bob.Button("Invite a friend by link").ClickAsync();
        await Expect(bob.Page.Locator(".offered")).ToBeVisibleAsync();
        await IsAccessible(bob, "waiting, with a link");
        await bob.Button("Stop waiting").ClickAsync();

        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToBeVisibleAsync();
        await IsAccessible(ann, "inviting");
        await IsAccessible(bob, "invited");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Person.PlayOut(bob, ann, "121314");
        await IsAccessible(bob, "my turn");
        await IsAccessible(ann, "their turn");
        await bob.Drop(1);
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        await IsAccessible(ann, "lost");
        await IsAccessible(bob, "won");

        await bob.Button("Settings").ClickAsync();
        await IsAccessible(bob, "settings");
        await bob.Button("Done").ClickAsync();
        await bob.Page.Keyboard.PressAsync("?");
        await Expect(bob.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeVisibleAsync();
        await IsAccessible(bob, "keys");
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/leaderboard")]
    [InlineData("/replay")]
    [InlineData("/local")]
    [InlineData("/user/Nobody")]
    public async Task Every_other_page_is_accessible(string path)
    {
        var somebody = await Open(path);
        foreach (var (theme, contrast) in ((string, string)[])[("light", ""), ("dark", ""), ("dark", "more")])
        {
            await Look(somebody, theme, contrast);
            await IsAccessible(somebody, path);
        }
        somebody.ForgetRefusals();
    }

    private static async Task Look(Person person, string theme, string contrast)
    {
        await person.Page.EvaluateAsync("([theme, contrast]) => { localStorage.theme = theme; localStorage.contrast = contrast; }", new[] { theme, contrast });
        await person.Page.ReloadAsync();
        await Expect(person.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        await Expect(person.Page.Locator("html")).ToHaveAttributeAsync("data-language", new System.Text.RegularExpressions.Regex(".*"));
    }

    private static async Task IsAccessible(Person person, string state)
    {
        var found = await person.Page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{state}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
    }
}
