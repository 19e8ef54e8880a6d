using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Those who look on at others' games, and what they find in the list of them.</summary>
public sealed class LookingOnTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task The_list_tells_how_far_each_game_is_until_it_is_over()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
        await ann.PlayWith(bob, "Bob");

        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 0 discs so far")).ToBeVisibleAsync();
        await bob.Drop(4);
        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 1 disc so far")).ToBeVisibleAsync();
        await Expect(cy.Page.Locator("#running .mini [data-colour]")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator("#running")).ToBeHiddenAsync(); // Nobody looks on at their own game.
        await Expect(ann.Discs).ToHaveCountAsync(1);
        await Person.PlayOut(bob, ann, "4141414", from: 1);

        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_looks_on_hears_what_players_say_and_says_nothing()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await cy.Button("Watch Bob – Ann 3 min + 2 s, 0 discs so far").ClickAsync();
        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");

        await bob.Button("Good luck").ClickAsync();

        await Expect(cy.Page.Locator(".player .said").First).ToContainTextAsync("Good luck");
        await Expect(cy.Page.Locator("#live")).ToHaveTextAsync("Bob says: Good luck");
        await Expect(cy.Page.Locator("#game .reactions")).ToBeHiddenAsync();
        await Expect(cy.Button("Quit")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_looks_on_is_counted_until_their_page_is_gone()
    {
        var (ann, bob, cy, dee) = (await Join("Ann"), await Join("Bob"), await Join("Cy"), await Join("Dee"));
        await ann.PlayWith(bob, "Bob");
        foreach (var person in (Person[])[cy, dee]) await person.Button("Watch Bob – Ann 3 min + 2 s, 0 discs so far").ClickAsync();
        await Expect(bob.Page.Locator("p.facts")).ToHaveTextAsync("2 are watching");

        await dee.Page.CloseAsync();

        await Expect(bob.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");
        await Expect(cy.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");
    }

    [Fact]
    public async Task A_game_of_somebody_who_is_blocked_no_more_is_shown_again()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 0 discs so far")).ToBeVisibleAsync();

        await cy.Button("More about Ann").ClickAsync();
        await cy.Button("Block").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
        await cy.Page.Locator(".blocked summary").ClickAsync();
        await cy.Button("Unblock Ann").ClickAsync();

        await Expect(cy.Button("Watch Bob – Ann 3 min + 2 s, 0 discs so far")).ToBeVisibleAsync();
    }
}
