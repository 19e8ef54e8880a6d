using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Keys, the focus, and what is spoken.</summary>
public sealed class KeyboardTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Arrows_choose_a_column_from_wherever_nothing_else_wants_them_and_one_column_is_a_tab_stop()
    {
        var (ann, bob) = await Playing();
        await Expect(bob.Heading).ToBeFocusedAsync();

        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Column(bob, 4)).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Column(bob, 5)).ToBeFocusedAsync();
        await Expect(bob.Page.Locator("#game .column[tabindex='0']")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".ghost").Nth(4)).ToHaveCSSAsync("opacity", "0.5");
        await bob.Page.Keyboard.PressAsync("Space");

        await Expect(ann.Cell(5, 1)).ToHaveAttributeAsync("data-disc", "0");
        await bob.Page.Keyboard.PressAsync("Home");
        await bob.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Column(bob, 7)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_column_that_waits_for_a_yes_is_taken_back_by_Escape()
    {
        var (ann, bob) = await Playing();
        await bob.Button("Settings").ClickAsync();
        await bob.Page.GetByLabel("Ask before a disc drops").CheckAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Button("Settings")).ToBeFocusedAsync();

        await bob.Page.Keyboard.PressAsync("3");
        await Expect(bob.Page.Locator(".ghost.chosen")).ToBeVisibleAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator(".ghost.chosen")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator("#live")).ToHaveTextAsync("Taken back.");
        await bob.Page.Keyboard.PressAsync("2");
        await bob.Page.Keyboard.PressAsync("2");

        await Expect(ann.Cell(2, 1)).ToHaveAttributeAsync("data-disc", "0");
        await Expect(ann.Discs).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Enter_means_the_column_that_waits_for_a_yes_and_no_button_that_had_the_focus()
    {
        var (ann, bob) = await Playing();
        await bob.Page.EvaluateAsync("() => { localStorage.confirm = 'on'; }");
        await bob.Button("Quit").FocusAsync();

        await bob.Page.Keyboard.PressAsync("3");
        await Expect(Column(bob, 3)).ToBeFocusedAsync();
        await bob.Page.Keyboard.PressAsync("5");
        await bob.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Cell(5, 1)).ToHaveAttributeAsync("data-disc", "0");
        await Expect(bob.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_one_device_each_move_is_spoken_once()
    {
        var ann = await Open("/local");
        await ann.Listen();

        foreach (var key in "44") await ann.Page.Keyboard.PressAsync(key.ToString());
        await Expect(ann.Page.GetByRole(AriaRole.Cell, new() { Name = "Red", Exact = true })).ToHaveCountAsync(1);
        await ann.Button("Take back").ClickAsync();
        await ann.Button("Take back").ClickAsync();
        await Expect(ann.Button("New game")).ToBeFocusedAsync();

        Assert.Equal(["Red: column 4, row 1. Yellow is to move", "Yellow: column 4, row 2. Red is to move", "Taken back. Yellow is to move", "Taken back. Red is to move"], await ann.Heard());
    }

    [Fact]
    public async Task Whose_turn_it_is_at_the_beginning_is_spoken_and_the_title_says_it()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Button("Invite a friend by link").ClickAsync();
        await Expect(ann.Page.GetByLabel("Address to send")).Not.ToBeEmptyAsync();
        await bob.GoTo(new Uri(await ann.Page.GetByLabel("Address to send").InputValueAsync()).AbsolutePath);
        await bob.Button("Play").ClickAsync();

        await Expect(ann.Heading).ToBeFocusedAsync();
        await Expect(ann.Page.Locator("#live")).ToHaveTextAsync("Bob is to move");
        await Expect(ann.Page).ToHaveTitleAsync("Bob is to move – Connect Four");
        await Expect(bob.Page.Locator("#live")).ToHaveTextAsync("Your turn");
        await Expect(bob.Page).ToHaveTitleAsync("Your turn against Ann – Connect Four");
        await bob.Drop(4);
        await Expect(ann.Page).ToHaveTitleAsync("Your turn against Bob – Connect Four");
        await ann.Button("Quit").ClickAsync();
        await ann.Button("Quit the game").ClickAsync();
        await Expect(ann.Page).ToHaveTitleAsync("You gave up – Connect Four");
        await ann.Button("Back to the lobby").ClickAsync();
        await Expect(ann.Page).ToHaveTitleAsync("Connect Four");
    }

    [Fact]
    public async Task Keys_do_nothing_while_somebody_types_or_has_switched_them_off()
    {
        var (_, bob) = await Playing();

        await bob.Page.GetByLabel("Find").PressSequentiallyAsync("4?t");
        await Expect(bob.Page.GetByLabel("Find")).ToHaveValueAsync("4?t");
        await bob.Button("Settings").ClickAsync();
        await bob.Page.Keyboard.PressAsync("4");
        await bob.Page.GetByLabel("Single keys are commands").UncheckAsync();
        await bob.Button("Done").ClickAsync();
        await bob.Page.Keyboard.PressAsync("4");
        await bob.Page.Keyboard.PressAsync("?");
        await Expect(bob.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(bob.Discs).ToHaveCountAsync(0);
        await Column(bob, 4).PressAsync("Enter");

        await Expect(bob.Discs).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_focus_goes_on_to_what_has_come_and_is_never_lost()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Play", Exact = true })).ToBeFocusedAsync();

        await ann.Button("Challenge Bob").PressAsync("Enter");
        await Expect(ann.Button("Withdraw")).ToBeFocusedAsync();
        await bob.Button("Decline").PressAsync("Enter");
        await Expect(ann.Invitation).ToBeHiddenAsync();
        await HasFocus(ann);
        await HasFocus(bob);

        await Expect(ann.Button("Challenge Bob")).ToBeEnabledAsync();
        await ann.Button("Challenge Bob").PressAsync("Enter");
        await bob.Button("Accept").PressAsync("Enter");
        await Expect(ann.Heading).ToBeFocusedAsync();
        await Expect(bob.Heading).ToBeFocusedAsync();

        await ann.Button("Quit").PressAsync("Enter");
        await ann.Button("Quit the game").PressAsync("Enter");
        await Expect(ann.Turn).ToHaveTextAsync("You gave up.");
        await Expect(ann.Heading).ToBeFocusedAsync();
        await ann.Button("Back to the lobby").PressAsync("Enter");
        await Expect(ann.Page.Locator("#play")).ToBeHiddenAsync();
        await HasFocus(ann);
    }

    [Theory]
    [InlineData("/replay")]
    [InlineData("/local")]
    [InlineData("/analysis")]
    [InlineData("/puzzles")]
    public async Task The_first_tab_stop_leads_past_the_header(string path)
    {
        var ann = await Open(path);
        await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();

        await ann.Page.Keyboard.PressAsync("Tab");
        await Expect(ann.Link("To the content")).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Uri(Server.Address, path).ToString());
    }

    [Fact]
    public async Task Each_move_is_spoken_once_the_result_with_the_last_one_and_the_time_on_demand()
    {
        var (ann, bob) = await Playing();
        await ann.Listen();

        await Person.PlayOut(bob, ann, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");

        Assert.Equal(
            [
                "Bob: column 1, row 1. Your turn", "You: column 2, row 1. Bob is to move", "Bob: column 1, row 2. Your turn", "You: column 3, row 1. Bob is to move",
                "Bob: column 1, row 3. Your turn", "You: column 4, row 1. Bob is to move", "Bob: column 1, row 4. Bob won: four in line.",
            ],
            await ann.Heard());
        await Expect(ann.Page.Locator("#live")).ToHaveAttributeAsync("aria-live", "assertive");
    }

    [Fact]
    public async Task The_time_is_spoken_on_demand_as_often_as_somebody_wants()
    {
        var (_, bob) = await Playing();

        await bob.Listen();

        foreach (var _ in (int[])[1, 2])
        {
            await bob.Page.Keyboard.PressAsync("t");
            await bob.Hears("Ann: 3:00");
            Assert.Contains("You: ", Assert.Single(await bob.Heard()), StringComparison.Ordinal);
            await bob.Forget();
        }
    }

    private static ILocator Column(Person person, int column) => person.Page.Locator("#game .column").Nth(column - 1);

    private static async Task HasFocus(Person person) => Assert.NotEqual("BODY", await person.Page.EvaluateAsync<string>("document.activeElement.tagName"));

    private async Task<(Person Ann, Person Bob)> Playing()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        return (ann, bob);
    }
}
