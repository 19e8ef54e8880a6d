using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>How people come to a game: by pairing, by a friend's link, and only with whom they want.</summary>
public sealed class MeetingTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Of_three_who_want_to_play_the_first_two_do_and_the_third_waits_for_a_fourth()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));

        await ann.Button("Play now").ClickAsync();
        await Expect(ann.Page.Locator(".waiting .what")).ToHaveTextAsync("Waiting for an opponent (3 min + 2 s).");
        await Expect(ann.Button("Stop waiting")).ToBeFocusedAsync();
        await Expect(ann.Page.Locator(".waiting .waited")).ToHaveTextAsync("0:01");
        await bob.Button("Play now").ClickAsync();
        await cy.Button("Play now").ClickAsync();

        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Expect(cy.Button("Stop waiting")).ToBeVisibleAsync();
        await Expect(bob.Row("Cy")).ToContainTextAsync("Waiting for a game");

        var dee = await Join("Dee");
        await dee.Page.Locator("#clock").SelectOptionAsync("1 min + 1 s");
        await dee.Page.GetByLabel("Any clock will do").CheckAsync();
        await dee.Button("Play now").ClickAsync();
        await Expect(cy.Heading).ToHaveTextAsync("You are playing with Dee");
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_paired_and_who_reloads_still_waits()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Button("Play now").ClickAsync();
        await ann.Page.ReloadAsync();
        await Expect(ann.Button("Stop waiting")).ToBeVisibleAsync(); // Before that the page does not know of it, and a choice is one for the next time.
        await ann.Page.Locator("#clock").SelectOptionAsync("No clock");
        await Expect(ann.Page.Locator(".waiting .what")).ToHaveTextAsync("Waiting for an opponent (no clock).");
        await ann.Button("Stop waiting").ClickAsync();
        await Expect(ann.Button("Play now")).ToBeFocusedAsync();

        await bob.Button("Play now").ClickAsync();

        await Expect(bob.Button("Stop waiting")).ToBeVisibleAsync();
        await Expect(ann.Button("Play now")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_waits_keeps_the_place_while_looking_at_something_else()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Button("Play now").ClickAsync();
        await Expect(ann.Button("Stop waiting")).ToBeVisibleAsync();

        var other = await ann.Page.RunAndWaitForPopupAsync(() => ann.Page.Locator(".waiting").GetByRole(AriaRole.Link, new() { Name = "Leaderboard" }).ClickAsync());
        await Expect(other.Locator("h1")).ToHaveTextAsync("Leaderboard");
        await bob.Button("Play now").ClickAsync();

        await Expect(bob.Heading).ToHaveTextAsync("You are playing with Ann");
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
    }

    [Fact]
    public async Task Of_two_who_open_a_link_one_gets_the_seat()
    {
        var ann = await Join("Ann");
        var path = await Link(ann);
        var (bob, cy) = (await Open(path), await Open(path));
        await Expect(bob.Page.Locator("#sign-in .invited")).ToHaveTextAsync("Ann invites you to a game Clock: 3 min + 2 s. You start.");
        await bob.SayName("Bob");
        await cy.SayName("Cy");
        await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ann invites you to a game");
        await Expect(cy.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Clock: 3 min + 2 s. You start.");

        await bob.Button("Play").ClickAsync();
        await Expect(bob.Heading).ToHaveTextAsync("You are playing with Ann");
        await cy.Button("Play").ClickAsync();

        await Expect(cy.Notice).ToHaveTextAsync("That invitation has ended.");
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Expect(ann.Page.Locator(".offered")).ToBeHiddenAsync();
        Assert.Equal("/", new Uri(bob.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_link_that_was_withdrawn_or_is_one_s_own_leads_to_the_lobby()
    {
        var ann = await Join("Ann");
        var path = await Link(ann);
        await Expect(ann.Page.GetByAltText("QR code of the address")).ToBeVisibleAsync();
        await ann.GoTo(path);
        await Expect(ann.Notice).ToHaveTextAsync("This is your own invitation. Send its address to a friend.");

        await ann.Button("Withdraw the invitation").ClickAsync();
        await Expect(ann.Notice).ToHaveTextAsync("You withdrew your invitation.");
        var bob = await Open(path);
        await bob.SayName("Bob");

        await Expect(bob.Notice).ToHaveTextAsync("That invitation has ended.");
        await Expect(bob.Page.Locator("#lobby")).ToBeVisibleAsync();
        bob.ForgetRefusals();
    }

    [Fact]
    public async Task A_link_expires()
    {
        var ann = await Join("Ann");
        var path = await Link(ann);
        await Expect(ann.Page.Locator(".offered .left")).ToContainTextAsync("It is good for 59:");

        await Server.Pass(TimeSpan.FromHours(1));
        await Expect(ann.Notice).ToHaveTextAsync("Your invitation by link has expired.");
        await Expect(ann.Page.Locator(".offered")).ToBeHiddenAsync();
        var bob = await Open(path);
        await Expect(bob.Page.Locator("#sign-in .invited")).ToHaveTextAsync("That invitation has ended.");
        await bob.SayName("Bob");

        await Expect(bob.Notice).ToHaveTextAsync("That invitation has ended.");
        bob.ForgetRefusals();
    }

    [Fact]
    public async Task Who_comes_by_a_link_and_creates_an_account_first_is_asked_then()
    {
        var ann = await Join("Ann");
        var bob = await Open(await Link(ann));

        await bob.Link("Create an account").ClickAsync();
        await bob.CreateAccount("Bob", Password);
        await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ann invites you to a game");
        await bob.Button("Not now").ClickAsync();
        await bob.Page.ReloadAsync();

        await Expect(bob.Row("Ann")).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(ann.Page.Locator(".offered")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_is_blocked_is_declined_and_not_told()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));

        await bob.Button("More about Ann").ClickAsync();
        await Expect(bob.Button("Close")).ToBeFocusedAsync();
        await bob.Button("Block").ClickAsync();
        await Expect(bob.Notice).ToHaveTextAsync("You have blocked Ann.");
        await Expect(bob.Button("Challenge Ann")).ToBeDisabledAsync();
        await Expect(bob.Page.Locator(".blocked li")).ToHaveTextAsync(["Ann Unblock"]);
        await Expect(bob.Row("Ann").Locator(".name")).ToHaveAttributeAsync("data-remark", "(blocked)");
        await ann.Button("Challenge Bob").ClickAsync();

        await Expect(ann.Notice).ToHaveTextAsync("Bob declined.");
        await Expect(bob.Invitation).ToBeHiddenAsync();

        await bob.Page.Locator(".blocked summary").ClickAsync();
        await bob.Button("Unblock Ann").ClickAsync();
        await Expect(bob.Notice).ToHaveTextAsync("Ann is not blocked any more.");
        await Expect(bob.Page.Locator(".blocked")).ToBeHiddenAsync();
        await Expect(bob.Row("Ann").Locator(".name")).Not.ToHaveAttributeAsync("data-remark", new Regex(""));
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToContainTextAsync("Ann challenges you");
    }

    [Fact]
    public async Task Games_of_people_whom_one_has_blocked_are_not_shown()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await bob.Drop(4);
        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 1 disc so far")).ToBeVisibleAsync();

        await cy.Button("More about Ann").ClickAsync();
        await cy.Button("Block").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
        await cy.Page.Locator(".blocked summary").ClickAsync();
        await cy.Button("Unblock Ann").ClickAsync();

        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 1 disc so far")).ToBeVisibleAsync();
        await Expect(cy.Page.Locator(".mini [data-colour]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_wants_no_challenges_gets_none()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));

        await bob.Page.GetByLabel("Who may challenge me").SelectOptionAsync("Accounts only");
        await Expect(ann.Button("Challenge Bob")).ToBeDisabledAsync();
        await bob.Page.ReloadAsync();
        await Expect(bob.Page.GetByLabel("Who may challenge me")).ToHaveValueAsync("accounts");
        await bob.Page.GetByLabel("Who may challenge me").SelectOptionAsync("Everybody");

        await Expect(ann.Button("Challenge Bob")).ToBeEnabledAsync();
    }

    private static async Task<string> Link(Person host)
    {
        await host.Button("Invite a friend by link").ClickAsync();
        await Expect(host.Page.GetByLabel("Address to send")).Not.ToBeEmptyAsync();
        return new Uri(await host.Page.GetByLabel("Address to send").InputValueAsync()).AbsolutePath;
    }
}
