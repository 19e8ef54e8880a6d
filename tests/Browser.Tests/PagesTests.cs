using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Games to look at: while they run, when they are over, and from their record.</summary>
public sealed partial class PagesTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task A_finished_game_has_an_address_where_it_is_stepped_through_by_keyboard()
    {
        var (_, bob) = await Game("1213141");

        await bob.Page.Locator("[data-action=replay]").ClickAsync();

        await Expect(bob.Page).ToHaveURLAsync(GameAddress());
        await Expect(bob.Page).ToHaveTitleAsync("Bob and Ann – Connect Four");
        await Expect(bob.Turn).ToHaveTextAsync("Bob won: four in line.");
        await Expect(bob.Discs).ToHaveCountAsync(7);
        await Expect(bob.WinningCells).ToHaveCountAsync(4);
        await bob.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(bob.Turn).ToHaveTextAsync("Move 6 of 7: Ann, column 4");
        await Expect(bob.Discs).ToHaveCountAsync(6);
        await Expect(bob.WinningCells).ToHaveCountAsync(0);
        await bob.Page.Keyboard.PressAsync("Home");
        await Expect(bob.Discs).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator(".player .clock")).ToHaveTextAsync(["3:00", "3:00"]);
        await bob.Page.Keyboard.PressAsync("End");
        await Expect(bob.Discs).ToHaveCountAsync(7);
    }

    [Fact]
    public async Task A_game_is_stepped_through_by_buttons_by_slider_and_by_its_notation()
    {
        var (_, bob) = await Game("1213141");
        await bob.Page.Locator("[data-action=replay]").ClickAsync();

        await bob.Button("First").ClickAsync();
        await bob.Button("Forward").ClickAsync();
        await Expect(bob.Discs).ToHaveCountAsync(1);
        await bob.Page.GetByRole(AriaRole.Slider).FillAsync("3");
        await Expect(bob.Turn).ToHaveTextAsync("Move 3 of 7: Bob, column 1");
        await bob.Button("Move 5: Bob, column 1").ClickAsync();
        await Expect(bob.Discs).ToHaveCountAsync(5);
        await bob.Button("Back").ClickAsync();
        await Expect(bob.Discs).ToHaveCountAsync(4);
        await bob.Button("Last").ClickAsync();

        await Expect(bob.Turn).ToHaveTextAsync("Bob won: four in line.");
    }

    [Fact]
    public async Task A_running_game_is_followed_until_somebody_steps_back()
    {
        var (ann, bob) = await Game("44");
        var address = $"/game/{await bob.Page.Locator("#game").GetAttributeAsync("data-game")}";
        var cy = await Open(address);
        await Expect(cy.Discs).ToHaveCountAsync(2);
        await Expect(cy.Turn).ToHaveTextAsync("Bob is to move");

        await bob.Drop(3);
        await Expect(cy.Discs).ToHaveCountAsync(3);
        await cy.Button("Back").ClickAsync();
        await ann.Drop(3);

        await Expect(cy.Page.Locator(".plies li")).ToHaveCountAsync(4);
        await Expect(cy.Discs).ToHaveCountAsync(2);
        await cy.Button("Last").ClickAsync();
        await Expect(cy.Discs).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Who_is_here_sees_the_page_of_a_running_game_live()
    {
        var (ann, bob) = await Game("44");
        var cy = await Join("Cy");
        await cy.Button("Watch Bob – Ann 3 min + 2 s, 2 discs so far").ClickAsync();
        await cy.Link("Step through it").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToContainTextAsync("Live · 1 is watching");
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");

        await bob.Drop(3);
        await Expect(cy.Discs).ToHaveCountAsync(3);
        await Expect(cy.Page.Locator("#live")).ToHaveTextAsync("Bob: column 3, row 1.");
        await ann.Button("Hello").ClickAsync();
        await Expect(cy.Page.Locator(".player .said").Nth(1)).ToContainTextAsync("Hello");
        await cy.Button("Back").ClickAsync();
        await ann.Drop(3);
        await Expect(cy.Page.Locator(".plies li")).ToHaveCountAsync(4);
        await Expect(cy.Discs).ToHaveCountAsync(2);
        await cy.Page.GetByLabel("Language").First.FocusAsync();
        await cy.Page.Keyboard.PressAsync("ArrowLeft"); // That of the list of languages.
        await Expect(cy.Discs).ToHaveCountAsync(2);
        await cy.Page.GetByRole(AriaRole.Main).FocusAsync();
        await cy.Page.Keyboard.PressAsync("End");
        await Expect(cy.Discs).ToHaveCountAsync(4);
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();

        await Expect(cy.Turn).ToHaveTextAsync("Ann won: Bob gave up.");
        await Expect(cy.Page.GetByText("Game record")).ToBeVisibleAsync();
        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_is_challenged_while_looking_at_a_game_s_page_can_accept_there()
    {
        await Game("44");
        var (cy, dee) = (await Join("Cy"), await Join("Dee"));
        await cy.Button("Watch Bob – Ann 3 min + 2 s, 2 discs so far").ClickAsync();
        await cy.Link("Step through it").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToContainTextAsync("Live");

        await dee.Button("Challenge Cy").ClickAsync();
        await cy.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();

        await Expect(cy.Heading).ToHaveTextAsync("You are playing with Dee");
        await cy.Drop(4);
        await Expect(dee.Turn).ToHaveTextAsync("Your turn");
    }

    [Fact]
    public async Task Who_comes_to_a_running_game_s_page_without_a_name_is_led_to_watch_it_live()
    {
        var (ann, bob) = await Game("44");
        var cy = await Open($"/game/{await bob.Page.Locator("#game").GetAttributeAsync("data-game")}");

        await cy.Link("Watch it live").ClickAsync();
        await cy.SayName("Cy");
        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await bob.Drop(3);

        await Expect(cy.Discs).ToHaveCountAsync(3);
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");
    }

    [Fact]
    public async Task A_game_is_shown_from_its_record()
    {
        var (_, bob) = await Game("1213141");
        await bob.Page.Locator("[data-action=replay]").ClickAsync();
        await bob.Page.GetByText("Game record").ClickAsync();
        var record = await bob.Page.Locator("details pre").InnerTextAsync();

        var cy = await Open("/replay");
        await cy.Page.GetByLabel("Game record").FillAsync(record);
        await cy.Button("Show the game").ClickAsync();

        await Expect(cy.Turn).ToHaveTextAsync("Bob won: four in line.");
        await Expect(cy.Discs).ToHaveCountAsync(7);
        await cy.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(cy.Discs).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task A_record_that_is_none_is_explained_beside_it()
    {
        var cy = await Open("/replay");

        await cy.Page.GetByLabel("Game record").FillAsync("nonsense");
        await cy.Button("Show the game").ClickAsync();

        await Expect(cy.Page.Locator("#record-problem")).Not.ToBeEmptyAsync();
        await Expect(cy.Page.GetByLabel("Game record")).ToBeFocusedAsync();
        await Expect(cy.Page.Locator("#viewer")).ToBeHiddenAsync();
        cy.ForgetRefusals();
    }

    [Theory]
    [InlineData("/game/nothing-here", "There is no game at this address.")]
    [InlineData("/user/Nobody-here", "Nobody with this name has an account here.")]
    public async Task An_address_with_nothing_behind_it_says_so_and_leads_to_the_lobby(string path, string words)
    {
        var cy = await Open(path);

        await Expect(cy.Page.Locator("#missing")).ToContainTextAsync(words);
        await cy.Link("To the lobby").ClickAsync();

        await Expect(cy.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        cy.ForgetRefusals();
    }

    [Fact]
    public async Task A_game_fits_a_narrow_screen()
    {
        var (_, bob) = await Game("1213141");
        var address = $"/game/{await bob.Page.Locator("#game").GetAttributeAsync("data-game")}";

        var cy = await Open(address, await Browser(width: 360, height: 740));

        await Expect(cy.Discs).ToHaveCountAsync(7);
        Assert.Equal(360, await cy.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>A game of Bob, who starts, and Ann.</summary>
    private async Task<(Person Ann, Person Bob)> Game(string moves)
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, moves);
        return (ann, bob);
    }

    [GeneratedRegex("/game/[^/]+$")]
    private static partial Regex GameAddress();
}
