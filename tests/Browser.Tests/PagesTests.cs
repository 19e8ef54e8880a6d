using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Games to look at: while they run, when they are over, and from their record.</summary>
public sealed partial class PagesTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private readonly List<IBrowserContext> _browsers = [];
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.Start();

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.DisposeAsync();
        await _server.DisposeAsync();
        Assert.All(_people, person => Assert.Empty(person.Complaints));
    }

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
        _browsers.Add(await chromium.Context(width: 360, height: 740));

        var cy = await Person.Open(_server, _browsers[^1], address);
        _people.Add(cy);

        await Expect(cy.Discs).ToHaveCountAsync(7);
        Assert.Equal(360, await cy.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>A game of Bob, who starts, and Ann.</summary>
    private async Task<(Person Ann, Person Bob)> Game(string moves)
    {
        var (ann, bob) = (await Person.Join(_server, await Browser(), "Ann"), await Person.Join(_server, await Browser(), "Bob"));
        _people.AddRange([ann, bob]);
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, moves);
        return (ann, bob);
    }

    private async Task<Person> Open(string path)
    {
        _people.Add(await Person.Open(_server, await Browser(), path));
        return _people[^1];
    }

    private async Task<IBrowserContext> Browser()
    {
        _browsers.Add(await chromium.Context());
        return _browsers[^1];
    }

    [GeneratedRegex("/game/[^/]+$")]
    private static partial Regex GameAddress();
}
