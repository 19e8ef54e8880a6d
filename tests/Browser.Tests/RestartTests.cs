using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>The promise as two people see it who play while the server dies.</summary>
public sealed class RestartTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private readonly List<IBrowserContext> _browsers = [];
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "ConnectFour.Web.dll"));

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.DisposeAsync();
        await _server.DisposeAsync();
        Assert.All(_people, person => Assert.Empty(person.Complaints));
    }

    [Fact]
    public async Task When_the_server_is_killed_in_the_middle_of_a_game_both_pages_go_on_by_themselves()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1212");

        await _server.Kill();
        await Expect(ann.Banner).ToBeVisibleAsync();
        await Expect(bob.Banner).ToBeVisibleAsync();
        await _server.StartAgain();

        await Expect(ann.Banner).ToBeHiddenAsync();
        await Expect(bob.Banner).ToBeHiddenAsync();
        await Expect(ann.Discs).ToHaveCountAsync(4);
        await Person.PlayOut(bob, ann, "1212121", from: 4);
        await Expect(ann.WinningCells).ToHaveCountAsync(4);
        await Expect(bob.WinningCells).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_disc_that_was_dropped_while_the_server_was_away_counts_once_when_it_is_back()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "44");

        await _server.Kill();
        await Expect(bob.Banner).ToBeVisibleAsync();
        await bob.Drop(3);
        await _server.StartAgain();

        await Expect(ann.Discs).ToHaveCountAsync(3);
        await Expect(bob.Discs).ToHaveCountAsync(3);
        await Person.PlayOut(bob, ann, "4435", from: 3);
    }

    private async Task<Person> Join(string name)
    {
        var browser = await chromium.Context();
        _browsers.Add(browser);
        var person = await Person.Open(_server.Address, browser);
        _people.Add(person);
        await person.SayName(name);
        await Expect(person.Page.Locator("#hello")).ToContainTextAsync($"Hello {name}");
        return person;
    }
}
