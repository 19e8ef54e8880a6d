using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What people see of ratings, and how they find what they have played.</summary>
public sealed class RatingTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Two_rated_games_are_seen_in_the_lobby_on_the_leaderboard_and_on_the_profile()
    {
        var (ann, bob) = (await Register("Ann"), await Register("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Expect(ann.Page.Locator("p.facts")).ToHaveTextAsync("Rated");
        await Person.PlayOut(bob, ann, "1213141");
        await ann.Button("Rematch").ClickAsync();
        await bob.Button("Accept the rematch").ClickAsync();
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await Person.PlayOut(ann, bob, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("You won: four in line!");

        await Expect(ann.Row("Bob").Locator(".rating")).ToHaveTextAsync(Provisional());
        await ann.Way("Leaderboard").ClickAsync();
        await Expect(ann.Page.Locator("tr.me .name")).ToHaveTextAsync("Ann (you)");
        await Expect(ann.Page.Locator("tr.me .rating")).ToHaveTextAsync(new Regex(@"^\d+\? ± \d+$"));
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Bob" }).ClickAsync();

        await Expect(ann.Page.Locator(".tallies .rating")).ToContainTextAsync("2 rated games · provisional");
        await Expect(ann.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^From .* to .*, between .* and .*$") })).ToBeVisibleAsync();
        await ann.Page.GetByText("In numbers").ClickAsync();
        await Expect(ann.Page.Locator("figure tbody tr")).ToHaveCountAsync(2);
        await ann.Page.Locator("figure tbody tr a").First.ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Ann won: four in line.");
        await Expect(ann.Page.Locator("dl.facts").Filter(new() { HasText = "Clock" })).ToContainTextAsync("3 min + 2 s · rated");
    }

    [Fact]
    public async Task The_last_loss_is_found_and_can_be_replayed()
    {
        var (ann, bob) = (await Register("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        await ann.Button("Rematch").ClickAsync();
        await bob.Button("Accept the rematch").ClickAsync();
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await Person.PlayOut(ann, bob, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("You won: four in line!"); // As long as she plays, a link opens a page of its own.

        await ann.Link("My page").ClickAsync();
        await Expect(ann.Page.Locator("#games tbody tr")).ToHaveCountAsync(2);
        await ann.Page.GetByLabel("Show").SelectOptionAsync("Lost");
        await Expect(ann.Page.Locator("#games tbody tr")).ToHaveCountAsync(1);
        await ann.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Replay, .* with Bob$") }).ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
    }

    private static Regex Provisional() => new(@"^\d+\?$");
}
