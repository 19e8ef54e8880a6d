using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What people wish for and get: whom they meet, how they move, and when they are told of something.</summary>
public sealed class WishesTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Two_of_whom_one_blocked_the_other_wait_for_somebody_else()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.Button("More about Cy").ClickAsync();
        await ann.Button("Block").ClickAsync();

        await ann.Button("Play now").ClickAsync();
        await Expect(ann.Button("Stop waiting")).ToBeVisibleAsync();
        await cy.Button("Play now").ClickAsync();
        await Expect(cy.Button("Stop waiting")).ToBeVisibleAsync();
        await bob.Button("Play now").ClickAsync();

        await Expect(bob.Heading).ToHaveTextAsync("You are playing with Ann");
        await Expect(cy.Button("Stop waiting")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_waits_and_accepts_a_challenge_waits_no_more()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await bob.Button("Play now").ClickAsync();
        await Expect(bob.Button("Stop waiting")).ToBeVisibleAsync();

        await ann.PlayWith(bob, "Bob");
        await Expect(bob.Button("Stop waiting")).ToBeHiddenAsync();
        await cy.Button("Play now").ClickAsync();

        await Expect(cy.Button("Stop waiting")).ToBeVisibleAsync();
        await Expect(bob.Tabs).ToHaveCountAsync(0); // no second game
    }

    [Fact]
    public async Task What_was_agreed_upon_last_is_offered_again()
    {
        var ann = await Join("Ann");
        await ann.Page.Locator("#clock").SelectOptionAsync("No clock");
        await ann.Page.GetByLabel("Any clock will do").CheckAsync();
        await ann.Page.GetByLabel("Fair start").SelectOptionAsync("With swap");

        await ann.Page.ReloadAsync();

        await Expect(ann.Page.Locator("#clock")).ToHaveValueAsync("none");
        await Expect(ann.Page.GetByLabel("Any clock will do")).ToBeCheckedAsync();
        await Expect(ann.Page.GetByLabel("Fair start")).ToHaveValueAsync("swap");
    }

    [Fact]
    public async Task A_move_is_heard_and_then_the_sound_costs_nothing_more()
    {
        var browser = await Browser();
        await browser.AddInitScriptAsync("const Real = AudioContext; globalThis.heard = 0; globalThis.AudioContext = class extends Real { constructor() { super(); globalThis.audio = this; } createOscillator() { globalThis.heard++; return super.createOscillator(); } };");
        var (ann, bob) = (await Join("Ann", browser), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await Person.PlayOut(bob, ann, "4");

        await IsQuietAfter(0);
        var heard = await ann.Page.EvaluateAsync<int>("heard");
        await Person.PlayOut(bob, ann, "44", from: 1);
        await IsQuietAfter(heard);

        Task IsQuietAfter(int heard) => Condition.Holds(() => ann.Page.EvaluateAsync<bool>($"heard > {heard} && audio.state === 'suspended'"));
    }

    [Fact]
    public async Task Who_does_not_want_to_play_now_leaves_the_seat_to_somebody_else()
    {
        var ann = await Join("Ann");
        await ann.Button("Invite a friend by link").ClickAsync();
        await Expect(ann.Page.GetByLabel("Address to send")).Not.ToBeEmptyAsync();
        var path = new Uri(await ann.Page.GetByLabel("Address to send").InputValueAsync()).AbsolutePath;
        var bob = await Open(path);
        await bob.SayName("Bob");

        await bob.Button("Not now").ClickAsync();
        await Expect(bob.Page.Locator("#lobby")).ToBeVisibleAsync();
        await bob.Page.ReloadAsync();
        await Expect(bob.Page.Locator("#hello")).ToHaveTextAsync("Hello Bob");
        await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();

        var cy = await Open(path);
        await cy.SayName("Cy");
        await cy.Button("Play").ClickAsync();
        await Expect(cy.Heading).ToHaveTextAsync("You are playing with Ann");
    }

    [Fact]
    public async Task A_column_is_confirmed_by_pointing_at_it_again_or_by_Enter()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        foreach (var person in (Person[])[ann, bob]) await person.Page.EvaluateAsync("() => { localStorage.confirm = 'on'; }");
        await ann.PlayWith(bob, "Bob");

        await bob.Drop(4);
        await Expect(bob.Page.Locator(".offer")).ToContainTextAsync("Column 4?");
        await bob.Drop(4);
        await Expect(ann.Cell(4, 1)).ToHaveAttributeAsync("data-disc", "0");
        await Expect(ann.Heading).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("5");
        await Expect(ann.Page.Locator(".offer")).ToContainTextAsync("Column 5?");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(bob.Cell(5, 1)).ToHaveAttributeAsync("data-disc", "1");

        await Expect(ann.Page.Locator(".offer")).ToBeHiddenAsync();
        await Expect(ann.Discs).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_browser_is_asked_when_somebody_wants_to_be_told_and_tells_while_they_look_elsewhere()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await bob.Page.EvaluateAsync(
            """
            () => {
              window.told = []; window.asked = 0;
              window.Notification = class extends EventTarget {
                static permission = 'default';
                static async requestPermission() { window.asked++; return this.permission = 'granted'; }
                constructor(title, { body }) { super(); window.told.push(body); }
                close() {}
              };
              Object.defineProperty(document, 'hidden', { get: () => window.looksAway, configurable: true });
              window.looksAway = true;
            }
            """);
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Page).ToHaveTitleAsync("● Ann challenges you");
        Assert.Equal(0, await bob.Page.EvaluateAsync<int>("() => window.asked + window.told.length"));

        await bob.Button("Settings").ClickAsync();
        await bob.Page.GetByLabel("Tell me when it is my turn and I look elsewhere").CheckAsync();
        await bob.Button("Done").ClickAsync();
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await bob.Drop(4);
        await Expect(ann.Discs).ToHaveCountAsync(1);
        await ann.Drop(4);

        await Expect(bob.Page).ToHaveTitleAsync("● Your turn against Ann");
        Assert.Equal(1, await bob.Page.EvaluateAsync<int>("() => window.asked"));
        Assert.Equal(["Your game with Ann has begun", "Your turn against Ann"], await bob.Page.EvaluateAsync<string[]>("() => window.told"));
        await Expect(bob.Page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("favicon-marked"));
        await bob.Page.EvaluateAsync("() => { window.looksAway = false; document.dispatchEvent(new Event('visibilitychange')); }");
        await Expect(bob.Page).ToHaveTitleAsync("Your turn against Ann – Connect Four");
        await Expect(bob.Page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("/favicon\\.svg"));
    }
}
