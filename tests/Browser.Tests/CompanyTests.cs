using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What there is to a game besides the moves: swaps, words, absences, confirmation, and those who look on.</summary>
public sealed class CompanyTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task The_second_player_takes_the_first_disc_over_and_both_see_it()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Page.GetByLabel("Fair start").SelectOptionAsync("With swap");
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToContainTextAsync("3 min + 2 s, with swap");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await bob.Drop(4);

        await ann.Button("Take over the first disc").ClickAsync();

        await Expect(bob.Turn).ToHaveTextAsync("Your turn");
        await Expect(ann.Page.Locator("p.facts")).ToContainTextAsync("Ann took over the first disc");
        await Expect(bob.Page.Locator("#live")).ToHaveTextAsync("Ann took over the first disc");
        await Expect(ann.Page.Locator(".player .name").First).ToHaveTextAsync("You");
        await bob.Drop(3);
        await Expect(ann.Discs).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_said_is_seen_and_heard_unless_it_is_not_wanted()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await ann.Button("Hello").ClickAsync();
        await Expect(bob.Page.Locator(".player .said").Nth(1)).ToContainTextAsync("Hello");
        await Expect(bob.Page.Locator("#live")).ToHaveTextAsync("Ann says: Hello");
        await Expect(ann.Button("Nice")).ToHaveAttributeAsync("aria-disabled", "true");
        await ann.Button("Oops").DispatchEventAsync("click");
        await Expect(ann.Button("Nice")).Not.ToHaveAttributeAsync("aria-disabled", "true");
        await Server.Pass(TimeSpan.FromSeconds(2)); // A busy machine's time is behind that of the page.
        await bob.Button("Hide what others say").ClickAsync();
        await Expect(bob.Page.Locator(".player .said").Nth(1)).ToBeEmptyAsync();
        await bob.Listen();
        await SeesWhatIsSaid(bob);
        await ann.Button("Nice").ClickAsync();
        await Expect(ann.Page.Locator(".player .said").Nth(1)).ToContainTextAsync("Nice");
        await bob.Drop(4); // What comes after it, has.
        await bob.Hears("You: column 4, row 1.");

        Assert.Empty(await bob.Page.EvaluateAsync<string[]>("globalThis.seen"));
        Assert.DoesNotContain(await bob.Heard(), said => said.Contains("Nice", StringComparison.Ordinal));
        await Expect(ann.Notice).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Who_blocks_the_opponent_in_a_game_hears_no_more_of_them()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await bob.Page.Locator("#game").GetByRole(AriaRole.Button, new() { Name = "More about Ann" }).ClickAsync();
        await bob.Button("Block").ClickAsync();
        await Expect(bob.Page.Locator(".blocked")).ToBeVisibleAsync();
        await bob.Listen();
        await SeesWhatIsSaid(bob);
        await ann.Button("Hello").ClickAsync();
        await Expect(ann.Page.Locator(".player .said").Nth(1)).ToContainTextAsync("Hello");
        await bob.Drop(4); // What comes after it, has.
        await bob.Hears("You: column 4, row 1. Ann is to move");

        Assert.Empty(await bob.Page.EvaluateAsync<string[]>("globalThis.seen"));
        Assert.DoesNotContain(await bob.Heard(), said => said.Contains("Hello", StringComparison.Ordinal));
    }

    /// <summary>Collects what is shown beside the players.</summary>
    private static Task<JsonElement?> SeesWhatIsSaid(Person person) => person.Page.EvaluateAsync(
        """
        () => {
            globalThis.seen = [];
            for (const said of document.querySelectorAll('.player .said')) new MutationObserver(() => { if (said.textContent) globalThis.seen.push(said.textContent); }).observe(said, { childList: true, characterData: true, subtree: true });
        }
        """);

    [Fact]
    public async Task Who_waits_for_an_absent_opponent_can_go_on_when_they_are_back()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        var board = (await ann.Page.Locator("#game .board").BoundingBoxAsync())!.Width;
        await bob.GoTo("/leaderboard");
        await Expect(ann.Page.Locator(".player .away").First).ToContainTextAsync("to come back");
        await Server.Pass(TimeSpan.FromSeconds(15));

        await Expect(ann.Page.Locator("#live")).ToHaveTextAsync("Bob has been away for long.");
        await Expect(ann.Page.Locator(".offer")).ToContainTextAsync("won by you");
        Assert.Equal(board, (await ann.Page.Locator("#game .board").BoundingBoxAsync())!.Width); // What is offered takes no place from the board.
        await ann.Button("Wait").ClickAsync();
        await Expect(ann.Page.Locator(".offer")).ToBeHiddenAsync();
        await bob.GoTo("/");

        await Expect(ann.Page.Locator(".player .away").First).ToBeEmptyAsync();
        await bob.Drop(4);
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Expect(ann.Button("Claim the win")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_has_waited_for_an_absent_opponent_can_claim_the_win_after_all()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await bob.Page.CloseAsync();
        await Expect(ann.Page.Locator(".player .away").First).ToContainTextAsync("to come back");
        await Expect(ann.Button("Claim the win")).ToBeHiddenAsync();
        await Server.Pass(TimeSpan.FromSeconds(60));

        await ann.Button("Wait").ClickAsync();
        await Expect(ann.Page.Locator(".offer")).ToBeHiddenAsync();
        await ann.Button("Claim the win").ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("You won: Bob stayed away.");
    }

    [Fact]
    public async Task A_move_that_has_to_be_confirmed_counts_when_it_is_and_not_before()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await bob.Button("Settings").ClickAsync();
        await bob.Page.GetByLabel("Ask before a disc drops").CheckAsync();
        await bob.Button("Done").ClickAsync();
        await ann.PlayWith(bob, "Bob");

        await bob.Drop(4);
        await Expect(bob.Page.Locator(".offer")).ToContainTextAsync("Column 4?");
        await bob.Page.Keyboard.PressAsync("Escape");
        await Expect(bob.Page.Locator(".offer")).ToBeHiddenAsync();
        await bob.Page.Keyboard.PressAsync("5");
        await bob.Page.Keyboard.PressAsync("6");
        await Expect(bob.Page.Locator(".offer")).ToContainTextAsync("Column 6?");
        await Expect(bob.Page.Locator("#live")).ToHaveTextAsync("Column 6?");
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await bob.Button("Drop it").ClickAsync();

        await Expect(ann.Cell(6, 1)).ToHaveAttributeAsync("data-disc", "0");
        await Expect(bob.Discs).ToHaveCountAsync(1);
        await ann.Drop(6);
        await Expect(bob.Discs).ToHaveCountAsync(2);
        await bob.Drop(6);
        await Expect(bob.Page.Locator(".offer")).ToContainTextAsync("Column 6?");
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Discs).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Who_looks_on_sees_the_game_live_and_is_counted()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await bob.Drop(4);

        await cy.Button("Watch Bob – Ann 3 min + 2 s, 1 disc so far").ClickAsync();
        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await Expect(cy.Discs).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");
        await ann.Drop(3);
        await Expect(cy.Discs).ToHaveCountAsync(2);
        await cy.Page.ReloadAsync();
        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await bob.Drop(3);
        await Expect(cy.Discs).ToHaveCountAsync(3);
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("1 is watching");
        await cy.Button("Stop watching").ClickAsync();

        await Expect(cy.Page.Locator("#play")).ToBeHiddenAsync();
        await Expect(ann.Page.Locator("p.facts")).ToBeEmptyAsync();
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_rematch_is_accepted_where_the_game_was()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");

        await Expect(ann.Page.Locator(".next")).ToHaveTextAsync("In a rematch you start.");
        await Expect(bob.Page.Locator(".next")).ToHaveTextAsync("In a rematch Ann starts.");
        await ann.Button("Rematch").ClickAsync();
        await Expect(bob.Invitation).ToContainTextAsync("Ann wants a rematch");
        await bob.Button("Accept the rematch").ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Expect(ann.Page.Locator(".player .name").First).ToHaveTextAsync("You");
    }

    [Fact]
    public async Task The_title_says_what_happened_while_somebody_looked_elsewhere()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await bob.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { get: () => window.looksAway ?? true, configurable: true })");

        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Page).ToHaveTitleAsync("● Ann challenges you");
        await Expect(bob.Page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("marked"));
        await bob.Page.EvaluateAsync("() => { window.looksAway = false; document.dispatchEvent(new Event('visibilitychange')); }");

        await Expect(bob.Page).ToHaveTitleAsync("Connect Four");
    }

    [Fact]
    public async Task A_browser_that_cannot_show_a_notification_says_what_happened_all_the_same()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await bob.Page.EvaluateAsync(
            """
            () => {
                localStorage.notify = 'on';
                window.Notification = class { static permission = 'granted'; constructor() { throw new TypeError('Illegal constructor'); } };
                Object.defineProperty(document, 'hidden', { get: () => true });
            }
            """);

        await ann.Button("Challenge Bob").ClickAsync();

        await Expect(bob.Page).ToHaveTitleAsync("● Ann challenges you");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(bob.Heading).ToHaveTextAsync("You are playing with Ann");
    }
}
