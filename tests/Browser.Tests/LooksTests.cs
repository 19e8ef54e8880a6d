using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What everybody can see and touch: sizes, contrasts, motion.</summary>
public sealed class LooksTests(Chromium chromium) : Gathering(chromium)
{
    private const int Finger = 44;

    /// <summary>The pages besides the lobby, each with what is there once it is whole.</summary>
    private static readonly (string Path, string Shown)[] Pages =
        [("/account", "#register-name"), ("/leaderboard", "text=Nobody has a rating yet"), ("/replay", "textarea"), ("/local", ".column"), ("/analysis?moves=444", ".column"), ("/puzzles", ".column")];

    [Theory]
    [InlineData(360, 740)]
    [InlineData(1440, 900)]
    public async Task A_game_with_both_players_fits_on_one_screen(int width, int height)
    {
        var (ann, bob) = await Playing();
        await ann.Page.SetViewportSizeAsync(width, height);

        var (players, board) = ((await ann.Page.Locator(".players").BoundingBoxAsync())!, (await ann.Page.Locator("#game .board").BoundingBoxAsync())!);

        Assert.InRange(players.Y, 0, height);
        Assert.InRange(board.Y, players.Y + players.Height, height - board.Height);
        Assert.InRange((await ann.Page.Locator("#game .column").First.BoundingBoxAsync())!.Width, Finger, 200);
        Assert.NotNull(bob);
    }

    [Fact]
    public async Task Magnified_four_times_nothing_is_cut_off_and_nobody_scrolls_sideways()
    {
        var (ann, bob) = await Playing();
        await Person.PlayOut(bob, ann, "12");

        foreach (var (width, height) in ((int, int)[])[(640, 512), (320, 256)])
        {
            await ann.Page.SetViewportSizeAsync(width, height);
            await IsNotCutOff(ann, width);
            Assert.InRange((await ann.Page.Locator("#game .board").BoundingBoxAsync())!.Width, 240, width);
            await ann.Button("Settings").ClickAsync();
            await IsNotCutOff(ann, width);
            await ann.Button("Done").ClickAsync();
        }
        var game = await ann.Page.Locator("#game").GetAttributeAsync("data-game");
        await Register("Cy");
        foreach (var (path, shown) in (IEnumerable<(string, string)>)[.. Pages, ($"/game/{game}", ".plies li"), ("/user/Cy", ".tallies")])
        {
            var other = await Open(path);
            await other.Page.SetViewportSizeAsync(320, 256);
            await Expect(other.Page.Locator(shown).First).ToBeVisibleAsync();
            await IsNotCutOff(other, 320);
        }
    }

    [Fact]
    public async Task Whatever_is_pressed_is_large_enough_for_a_finger()
    {
        var (ann, bob) = await Playing();
        var cy = await Join("Cy");
        foreach (var person in (Person[])[bob, cy])
        {
            await person.Page.SetViewportSizeAsync(360, 740);
            await Expect(person.Page.Locator(".foot")).ToBeAttachedAsync();
            Assert.Empty(await TooSmall(person));
        }
        await ann.Button("Settings").ClickAsync();
        Assert.Empty(await TooSmall(ann));
        var game = await ann.Page.Locator("#game").GetAttributeAsync("data-game");
        foreach (var (path, shown) in (IEnumerable<(string, string)>)[.. Pages, ($"/game/{game}", ".about")])
        {
            await cy.GoTo(path);
            await Expect(cy.Page.Locator(shown).First).ToBeVisibleAsync();
            Assert.Empty((await TooSmall(cy)).Select(small => $"{path}: {small}"));
        }
    }

    [Fact]
    public async Task Pointing_at_a_column_shows_where_the_disc_would_lie()
    {
        var (ann, bob) = await Playing();

        await bob.Page.Locator(".column").Nth(4).HoverAsync();
        await Expect(bob.Page.Locator(".ghost").Nth(4)).ToHaveCSSAsync("opacity", "0.5");
        await bob.Page.Locator(".column").Nth(5).HoverAsync();

        await Expect(bob.Page.Locator(".ghost").Nth(5)).ToHaveCSSAsync("opacity", "0.5");
        await Expect(bob.Page.Locator(".ghost").Nth(4)).ToHaveCSSAsync("opacity", "0");
        await ann.Page.Locator(".column").Nth(4).HoverAsync();
        await Expect(ann.Page.Locator(".ghost")).ToHaveCountAsync(0); // It is not Ann's turn.
    }

    [Fact]
    public async Task On_every_board_each_disc_stands_out_from_its_hole_and_the_hole_from_the_plate()
    {
        var ann = await Open("/local");
        await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();

        var contrasts = await ann.Page.EvaluateAsync<string[]>("""
            () => {
                const light = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
                const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
                const found = [];
                for (const board of ['classic', 'wood', 'night']) for (const more of ['', 'more']) {
                    Object.assign(document.documentElement.dataset, { board, contrast: more });
                    const value = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
                    for (const name of ['--plate', '--plate-light', '--plate-dark', '--disc-red', '--disc-yellow', '--disc-blue', '--disc-orange', '--disc-purple', '--disc-green', '--disc-white', '--disc-rim'])
                        if (!(contrast(value(name), value('--hole')) >= 3)) found.push(`${board} ${more} ${name}: ${contrast(value(name), value('--hole'))}`);
                }
                return found;
            }
            """);

        Assert.Empty(contrasts);
    }

    [Fact]
    public async Task A_disc_falls_by_its_transform_alone_and_stands_still_for_whoever_wants_no_motion()
    {
        const string Motion = """
            () => [...document.querySelectorAll('.cell .disc')].flatMap(disc => disc.getAnimations())
                .flatMap(motion => motion.effect.getKeyframes()).flatMap(frame => Object.keys(frame)).filter(key => !['offset', 'computedOffset', 'easing', 'composite'].includes(key))
            """;
        var ann = await Open("/local");
        await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();

        await ann.Page.Keyboard.PressAsync("4");
        Assert.Empty(await ann.Page.EvaluateAsync<string[]>(Motion));
        await ann.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await ann.Page.Locator(".column").Nth(2).EvaluateAsync("column => column.click()");
        var moving = await ann.Page.EvaluateAsync<string[]>(Motion);

        Assert.All(moving, property => Assert.Equal("transform", property));
        Assert.NotEmpty(moving);
    }

    [Fact]
    public async Task A_disc_on_its_way_is_seen_to_be_until_the_server_has_it()
    {
        var (ann, bob) = await Playing();

        await bob.Page.Context.SetOfflineAsync(true);
        await bob.Drop(4);
        await Expect(bob.Page.Locator(".disc.pending")).ToHaveCountAsync(1);
        await Expect(bob.Turn).ToHaveTextAsync("Sending your move …");
        await bob.Page.Context.SetOfflineAsync(false);

        await Expect(ann.Discs).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator(".disc.pending")).ToHaveCountAsync(0);
        await Expect(bob.Page.Locator(".disc.last")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_disc_that_comes_too_late_is_seen_to_go_again_and_the_reason_is_said()
    {
        var (ann, bob) = await Playing();
        await bob.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await bob.Page.EvaluateAsync("() => new MutationObserver(() => { globalThis.went ||= !!document.querySelector('.disc.refused'); }).observe(document.querySelector('#game .board'), { subtree: true, childList: true, attributes: true })");

        await bob.Page.Context.SetOfflineAsync(true);
        await bob.Drop(4);
        await Expect(bob.Page.Locator(".disc.pending")).ToHaveCountAsync(1);
        await Server.Pass(TimeSpan.FromMinutes(3));
        await Expect(ann.Turn).ToHaveTextAsync("You won: Bob ran out of time.");
        await bob.Page.Context.SetOfflineAsync(false);

        await Expect(bob.Turn).ToHaveTextAsync("You lost: your time ran out.");
        await Expect(bob.Page.Locator(".cell .disc")).ToHaveCountAsync(0);
        Assert.True(await bob.Page.EvaluateAsync<bool>("globalThis.went"));
    }

    [Theory]
    [InlineData(ReducedMotion.Reduce)]
    [InlineData(ReducedMotion.NoPreference)]
    public async Task A_disc_that_the_server_refuses_is_taken_out_with_the_reason_and_the_next_one_there_is_seen(ReducedMotion motion)
    {
        var browser = await Browser();
        var (ann, bob) = (await Join("Ann"), await Open("/", browser));
        var refusals = 1;
        await bob.Page.RouteWebSocketAsync("**/ws", line =>
        {
            var server = line.ConnectToServer();
            line.OnMessage(frame =>
            {
                var message = JsonNode.Parse(frame.Text!)!;
                if ((string?)message["type"] == "move" && Interlocked.Decrement(ref refusals) >= 0) line.Send($$"""{"type":"error","re":{{message["id"]!.ToJsonString()}},"code":"unavailable","message":"As planned."}""");
                else server.Send(frame.Text!);
            });
        });
        await bob.Page.ReloadAsync();
        await bob.Page.EmulateMediaAsync(new() { ReducedMotion = motion });
        await bob.SayName("Bob");
        await ann.PlayWith(bob, "Bob");

        await bob.Drop(4);
        await Expect(bob.Problem).ToContainTextAsync("Your move was not made");
        await bob.Drop(4);

        await Expect(ann.Discs).ToHaveCountAsync(1);
        await Expect(bob.Cell(4, 1).Locator(".disc")).ToHaveCountAsync(1);
        await Expect(bob.Cell(4, 1).Locator(".disc.last")).ToBeVisibleAsync();
        await bob.Page.EvaluateAsync("() => Promise.all(document.querySelector('#game .board').getAnimations({ subtree: true }).filter(motion => motion.effect.getComputedTiming().iterations !== Infinity).map(motion => motion.finished))");
        await Expect(bob.Cell(4, 1).Locator(".disc.last")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_look_is_chosen_in_the_settings_and_the_system_s_choice_counts_until_then()
    {
        var ann = await Join("Ann");
        var page = ann.Page.Locator("html");
        var light = await page.EvaluateAsync<string>("page => getComputedStyle(page).backgroundColor");
        await ann.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await page.EvaluateAsync<string>("page => getComputedStyle(page).backgroundColor");
        Assert.NotEqual(light, dark);

        await ann.Button("Settings").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Radio, new() { Name = "Light" }).CheckAsync();
        await Expect(page).ToHaveCSSAsync("background-color", light);
        await ann.Page.GetByRole(AriaRole.Radio, new() { Name = "Wood" }).CheckAsync();
        await Expect(page).ToHaveAttributeAsync("data-board", "wood");
        await ann.Page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync();
        await Expect(page).ToHaveCSSAsync("background-color", dark);
        await ann.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        await Expect(page).ToHaveCSSAsync("background-color", dark);
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(1280, 900)]
    public async Task Nothing_moves_when_a_game_begins_elsewhere_or_something_is_said(int width, int height)
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await cy.Page.SetViewportSizeAsync(width, height);
        await cy.Page.EvaluateAsync("() => { globalThis.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift' }); }");

        await ann.PlayWith(bob, "Bob");
        await Expect(cy.Page.Locator("#running li")).ToHaveCountAsync(1);
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();
        await Expect(cy.Page.Locator("#running li")).ToHaveCountAsync(0);
        await bob.Button("Back to the lobby").ClickAsync();
        await bob.Button("Challenge Cy").ClickAsync();
        await Expect(cy.Invitation).ToBeVisibleAsync();
        await bob.Button("Withdraw").ClickAsync();
        await Expect(cy.Notice).ToHaveTextAsync("Bob withdrew the challenge.");

        await cy.Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))"); // A shift is told after its frame.
        Assert.InRange(await cy.Page.EvaluateAsync<double>("globalThis.shift"), 0, 0.02);
    }

    [Fact]
    public async Task The_chosen_look_is_there_before_the_page_is()
    {
        var ann = await Open("/replay");
        await ann.Page.EvaluateAsync("() => Object.assign(localStorage, { theme: 'dark', board: 'wood', contrast: 'more' })");
        var arrives = new TaskCompletionSource();
        await ann.Page.RouteAsync("**/replay.js", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });

        await ann.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("data-board", "wood");
        await Expect(ann.Page.Locator("html")).ToHaveCSSAsync("background-color", "rgb(0, 0, 0)");
        await Expect(ann.Page.Locator("h1")).ToBeHiddenAsync();
        arrives.SetResult();

        await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();
    }

    private static async Task IsNotCutOff(Person person, int width) => Assert.InRange(await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);

    /// <summary>What can be pressed and is smaller than a finger; a box to tick counts with its label, and a link within a text is none.</summary>
    private static Task<string[]> TooSmall(Person person) => person.Page.EvaluateAsync<string[]>("""
        finger => [...document.querySelectorAll('button, select, input, textarea, summary, .links a, .foot a, a.button')]
            .map(element => element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : element)
            .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
            .filter(element => element.getBoundingClientRect().height < finger - 0.5 || element.getBoundingClientRect().width < finger - 0.5)
            .map(element => `${element.outerHTML.slice(0, 120)} ${element.getBoundingClientRect().width}x${element.getBoundingClientRect().height}`)
        """, Finger);

    private async Task<(Person Ann, Person Bob)> Playing()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        return (ann, bob);
    }
}
