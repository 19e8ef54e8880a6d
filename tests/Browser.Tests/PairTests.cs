using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Two rated games from one even position, with sides exchanged.</summary>
public sealed class PairTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task A_pair_of_rated_games_begins_twice_from_one_position_and_the_report_blames_nobody_for_it()
    {
        var (ann, bob) = (await Register("Ann"), await Register("Bob"));
        await ann.Page.GetByLabel("Fair start").SelectOptionAsync("Pair of games");
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToContainTextAsync("3 min + 2 s, pair of games");
        await bob.Button("Accept").ClickAsync();
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("Rated · Game 1 of 2 from an even position");
        await Expect(bob.Discs).ToHaveCountAsync(6);
        var opening = await Discs(bob);

        await PlaySome(bob, ann);
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();
        await Expect(ann.Page.Locator(".next")).ToHaveTextAsync("The second game begins from the same position, and you start.");
        await ann.Button("Second game").ClickAsync();
        await Expect(bob.Page.Locator(".next")).ToHaveTextAsync("The second game begins from the same position, and Ann starts.");
        await bob.Button("Accept the second game").ClickAsync();

        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("Rated · Game 2 of 2 from an even position");
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        Assert.Equal(opening, await Discs(ann));
        await PlaySome(ann, bob);
        await ann.Button("Quit").ClickAsync();
        await ann.Button("Quit the game").ClickAsync();
        await Expect(ann.Button("Rematch")).ToBeVisibleAsync();
        await ann.Page.Locator("[data-action=replay]").ClickAsync();
        await Expect(ann.Page.Locator(".report tbody tr")).ToHaveCountAsync(2);
        await Expect(ann.Page.Locator(".report tbody tr td").First).ToHaveTextAsync("7");
        await Expect(ann.Page.Locator("dl.facts div").Filter(new() { HasText = "Opening" })).ToHaveTextAsync(new Regex("^Opening[1-7]{6}$"));
        await Expect(ann.Page.Locator(".player .clock").First).ToHaveTextAsync(new Regex("^(3:0|2:5)"));
    }

    /// <summary>A disc each, in a column that is empty: an opening leaves one at least.</summary>
    private static async Task PlaySome(Person starter, Person other)
    {
        var discs = await Discs(starter);
        var free = Enumerable.Range(1, 7).First(column => !discs.Contains($"{column}1", StringComparison.Ordinal));
        await starter.Drop(free);
        await Expect(other.Turn).ToHaveTextAsync("Your turn");
        await other.Drop(free);
        await Expect(starter.Turn).ToHaveTextAsync("Your turn");
    }

    /// <summary>Where discs lie, and whose.</summary>
    private static async Task<string> Discs(Person person) =>
        string.Join(' ', await person.Discs.EvaluateAllAsync<string[]>("cells => cells.map(cell => `${cell.dataset.column}${cell.dataset.row}:${cell.dataset.disc}`)"));
}
