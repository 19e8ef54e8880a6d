using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Axe finds nothing to complain of on any page, in any state, in any look.</summary>
public sealed class AccessibilityTests(Chromium chromium) : Gathering(chromium)
{
    private static readonly (string Theme, string Contrast)[] Looks = [("light", ""), ("dark", ""), ("light", "more"), ("dark", "more")];

    /// <summary>Everything, with the size of targets, which is new in WCAG 2.2 and off unless it is asked for.</summary>
    private static readonly AxeRunOptions Everything = new() { Rules = new() { ["target-size"] = new() { Enabled = true } } };

    /// <summary>The rules that depend on the look.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    [Fact]
    public async Task Everything_that_happens_in_the_lobby_and_in_a_game_is_accessible()
    {
        var (ann, bob) = (await Open("/"), await Join("Bob"));
        await Expect(ann.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await IsAccessible(ann, "signing in");
        await ann.SayName("admin");
        await Expect(ann.Page.Locator("#name-problem")).ToContainTextAsync("cannot be used");
        await IsAccessible(ann, "a bad name");
        await ann.SayName("Ann");
        await Expect(bob.Row("Ann")).ToBeVisibleAsync();
        await IsAccessible(bob, "the lobby");
        await bob.Button("More about Ann").ClickAsync();
        await IsAccessible(bob, "about somebody");
        await bob.Button("Block").ClickAsync();
        await bob.Page.Locator(".blocked summary").ClickAsync();
        await IsAccessible(bob, "somebody is blocked");
        await bob.Button("Unblock Ann").ClickAsync();
        await bob.Page.GetByLabel("Find").FillAsync("zz");
        await Expect(bob.Page.Locator("#lobby .empty")).ToBeVisibleAsync();
        await IsAccessible(bob, "nobody found");
        await bob.Page.GetByLabel("Find").FillAsync("");

        await bob.Button("Play now").ClickAsync();
        await bob.Button("Invite a friend by link").ClickAsync();
        await Expect(bob.Page.Locator(".offered")).ToBeVisibleAsync();
        await IsAccessible(bob, "waiting, with a link");
        await bob.Button("Stop waiting").ClickAsync();

        await ann.Page.GetByLabel("Fair start").SelectOptionAsync("With swap");
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToBeVisibleAsync();
        await IsAccessible(ann, "inviting");
        await IsAccessible(bob, "invited");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Person.PlayOut(bob, ann, "1");
        await Expect(ann.Button("Take over the first disc")).ToBeVisibleAsync();
        await IsAccessible(ann, "a disc to take over");
        await ann.Page.EvaluateAsync("() => { localStorage.confirm = 'on'; }");
        await ann.Drop(2);
        await Expect(ann.Button("Drop it")).ToBeVisibleAsync();
        await IsAccessible(ann, "a column to confirm");
        await ann.Button("Drop it").ClickAsync();
        await ann.Page.EvaluateAsync("() => { localStorage.confirm = 'off'; }");
        var cy = await Join("Cy");
        await cy.Page.Locator("#running button").ClickAsync();
        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await IsAccessible(cy, "watching");
        await Person.PlayOut(bob, ann, "121314", from: 2);
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

    [Fact]
    public async Task So_is_what_happens_seldom_and_what_is_left_of_a_game()
    {
        var (ann, bob) = (await Open("/account"), await Join("Bob"));
        await ann.CreateAccount("Ann", "a horse that plays well");
        await ann.PlayWith(bob, "Bob");
        await bob.Button("Quit").ClickAsync();
        await IsAccessible(bob, "asked whether to quit");
        await bob.Button("Play on").ClickAsync();
        await ann.Drop(4);
        await Expect(ann.Problem).ToHaveTextAsync("It is not your turn yet.");
        await IsAccessible(ann, "a refused move");
        await bob.Page.Context.SetOfflineAsync(true);
        await bob.Drop(4);
        await Expect(bob.Page.Locator(".disc.pending")).ToHaveCountAsync(1);
        await IsAccessible(bob, "a pending move, and no line");
        await Expect(ann.Page.Locator(".player .away").First).ToContainTextAsync("Away");
        await IsAccessible(ann, "the opponent is away");
        await bob.Page.Context.SetOfflineAsync(false);
        await Expect(ann.Discs).ToHaveCountAsync(1);

        var draw = Draws.From(seed: 4).ToString();
        var line = await ann.Page.EvaluateAsync<string>("() => document.querySelector('#game').dataset.game");
        await ann.Button("Quit").ClickAsync();
        await ann.Button("Quit the game").ClickAsync();
        await Expect(bob.Turn).ToHaveTextAsync("You won: Ann gave up.");
        await bob.Button("Rematch").ClickAsync();
        await ann.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Person.PlayOut(ann, bob, draw);
        await Expect(ann.Turn).ToHaveTextAsync("A draw: the board is full.");
        await IsAccessible(ann, "drawn");

        foreach (var (path, shown) in ((string, string)[])[($"/game/{line}", ".plies li"), ("/user/Ann", "#games tbody tr"), ("/account", "#mine")])
        {
            await ann.GoTo(path);
            await Expect(ann.Page.Locator(shown).First).ToBeVisibleAsync();
            await IsAccessible(ann, path);
        }
    }

    [Fact]
    public async Task So_is_what_one_meets_on_the_way_to_a_game_and_from_one_to_the_next()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Open("/account"));
        await bob.Button("Invite a friend by link").ClickAsync();
        await Expect(bob.Page.GetByLabel("Address to send")).Not.ToBeEmptyAsync();
        var guest = await Open(new Uri(await bob.Page.GetByLabel("Address to send").InputValueAsync()).AbsolutePath);
        await Expect(guest.Page.Locator("#sign-in .invited")).ToContainTextAsync("Bob invites you");
        await IsAccessible(guest, "invited by link, without a name");
        await guest.SayName("Dee");
        await Expect(guest.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Bob invites you to a game");
        await IsAccessible(guest, "invited by link");
        await guest.Button("Play").ClickAsync();
        await Expect(guest.Heading).ToHaveTextAsync("You are playing with Bob");

        var form = cy.Page.GetByRole(AriaRole.Region, new() { Name = "Create an account" });
        await form.GetByLabel("Name").FillAsync("Cy");
        await form.GetByLabel("New password").FillAsync("password1234");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await IsAccessible(cy, "a bad password");
        cy.ForgetRefusals();
        await cy.CreateAccount("Cy", Password);
        await cy.GoTo("/account");
        await cy.Button("Delete the account").ClickAsync();
        await IsAccessible(cy, "asked whether to delete the account");
        await cy.GoTo("/");

        await bob.Page.GetByLabel("Open to more games while I play").CheckAsync();
        await ann.PlayWith(bob, "Bob");
        await Expect(bob.Tabs).ToHaveCountAsync(2);
        await IsAccessible(bob, "two games");
        await cy.Page.Locator("#running button").First.ClickAsync();
        await cy.Link("Step through it").ClickAsync();
        await Expect(cy.Page.Locator("#running")).ToContainTextAsync("Live");
        await IsAccessible(cy, "the page of a running game");
        await guest.Page.CloseAsync();
        await bob.Tabs.First.ClickAsync();
        await Expect(bob.Page.Locator(".player .away").First).ToContainTextAsync("to come back");
        await Server.Pass(TimeSpan.FromSeconds(15));
        await Expect(bob.Button("Claim the win").First).ToBeVisibleAsync();
        await IsAccessible(bob, "a win to claim");
        await bob.Page.GetByLabel("Language").First.SelectOptionAsync("العربية");
        await Expect(bob.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(bob.Page.Locator("#game .board")).ToBeVisibleAsync();
        await IsAccessible(bob, "from right to left");
    }

    [Fact]
    public async Task So_is_what_ratings_and_what_was_played_leave_behind()
    {
        var (ann, bob) = (await Register("Ann"), await Register("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        var line = await ann.Page.Locator("#game").GetAttributeAsync("data-game");
        await ann.Button("Rematch").ClickAsync();
        await bob.Button("Accept the rematch").ClickAsync();
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await Person.PlayOut(ann, bob, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("You won: four in line!");
        foreach (var (path, shown) in ((string, string)[])[("/leaderboard", "tr.me"), ("/user/Bob", "figure"), ($"/game/{line}", ".plies li"), ("/local", ".column")])
        {
            await ann.GoTo(path);
            await Expect(ann.Page.Locator(shown).First).ToBeVisibleAsync();
            if (path.StartsWith("/game", StringComparison.Ordinal)) await Expect(ann.Page.Locator(".report tbody tr").First).ToBeAttachedAsync();
            if (path == "/local") await ann.Page.Keyboard.TypeAsync("1213141");
            if (path == "/user/Bob") await ann.Page.GetByText("In numbers").ClickAsync();
            await IsAccessible(ann, path);
        }
    }

    [Theory]
    [InlineData("/account", "Create an account")]
    [InlineData("/leaderboard", "Nobody has a rating yet.")]
    [InlineData("/analysis?moves=444", "is to move")]
    [InlineData("/puzzles", "is to move and wins")]
    [InlineData("/replay", "record")]
    [InlineData("/local", "Red is to move")]
    [InlineData("/not/there", "There is nothing")]
    [InlineData("/user/Nobody", "Nobody")]
    public async Task Every_other_page_is_accessible(string path, string words)
    {
        var somebody = await Open(path);
        await Expect(somebody.Page.GetByRole(AriaRole.Main).GetByText(words).First).ToBeVisibleAsync();
        await IsAccessible(somebody, path);
        somebody.ForgetRefusals();
    }

    /// <summary>What somebody does who neither sees the screen nor has a mouse: goes from one thing to the next by Tab, knows each by its role and name, and listens.</summary>
    [Fact]
    public async Task A_whole_game_is_played_by_names_and_keys_alone()
    {
        var (ann, bob) = (await Open("/"), await Open("/"));
        foreach (var (person, name) in ((Person, string)[])[(ann, "Ann"), (bob, "Bob")])
        {
            await Expect(person.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your name" })).ToBeFocusedAsync();
            await person.Page.Keyboard.TypeAsync(name);
            await person.Page.Keyboard.PressAsync("Enter");
            await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Play", Exact = true })).ToBeFocusedAsync();
            await person.Listen();
        }
        await ann.TabTo(ann.Button("Challenge Bob"));
        await ann.Page.Keyboard.PressAsync("Enter");
        await bob.Hears("Ann challenges you");
        await bob.TabTo(bob.Page.GetByRole(AriaRole.Region, new() { Name = "Invitation" }).GetByRole(AriaRole.Button, new() { Name = "Accept" }));
        await bob.Page.Keyboard.PressAsync("Enter");
        foreach (var (person, other) in ((Person, string)[])[(ann, "Bob"), (bob, "Ann")])
            await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = $"You are playing with {other}" })).ToBeFocusedAsync();

        var rows = new int[8];
        foreach (var (ply, column) in "4354657".Select(digit => digit - '0').Index())
        {
            var (mover, waiter, name) = ply % 2 == 0 ? (bob, ann, "Bob") : (ann, bob, "Ann");
            await mover.Hears("Your turn");
            await mover.Forget();
            await mover.Page.Keyboard.PressAsync($"{column}");
            rows[column]++;
            await mover.Hears($"You: column {column}, row {rows[column]}.");
            await waiter.Hears($"{name}: column {column}, row {rows[column]}.");
        }

        await ann.Hears("Bob won: four in line.");
        await bob.Hears("You won: four in line!");
        var board = ann.Page.GetByRole(AriaRole.Table, new() { Name = "The board, row by row" });
        await Expect(board.GetByRole(AriaRole.Row, new() { Name = "Row 1" }).GetByRole(AriaRole.Cell)).ToHaveTextAsync(["empty", "empty", "Yellow, Ann", "Red, Bob", "Red, Bob", "Red, Bob", "Red, Bob"]);
        await ann.TabTo(ann.Button("Back to the lobby"));
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Play", Exact = true })).ToBeFocusedAsync();
    }

    /// <summary>What is there, in every look: it changes as it does when somebody chooses another one in the settings.</summary>
    private static async Task IsAccessible(Person person, string state)
    {
        foreach (var (theme, contrast) in Looks)
        {
            await person.Page.EvaluateAsync("([theme, contrast]) => { Object.assign(document.documentElement.dataset, { theme, contrast }); }", new[] { theme, contrast });
            var found = (theme, contrast) == Looks[0] ? await person.Page.RunAxe(Everything) : await person.Page.RunAxe(Colours);
            Assert.True(found.Violations.Length == 0, $"{state} ({theme} {contrast}): {string.Join("; ", found.Violations.Select(violation => $"{violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
        }
    }
}
