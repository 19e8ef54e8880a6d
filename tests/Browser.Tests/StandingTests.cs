using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What the page of a player tells of their games.</summary>
public sealed class StandingTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task A_game_with_a_guest_is_not_rated()
    {
        var (ann, bob) = (await Member("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Expect(ann.Page.Locator("p.facts")).ToBeEmptyAsync();
        await Person.PlayOut(bob, ann, "1213141");

        await ann.GoTo("/user/Ann");

        await Expect(ann.Page.Locator(".tallies")).ToContainTextAsync("1 lost");
        await Expect(ann.Page.Locator(".tallies .rating")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_that_was_asked_for_earlier_does_not_mix_with_the_one_that_is_shown()
    {
        var (ann, bob) = (await Member("Ann"), await Join("Bob"));
        await WinAndLose(ann, bob);
        var (asked, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await ann.Page.RouteAsync("**/games?*result=won*", async route =>
        {
            asked.SetResult();
            await held.Task;
            await route.ContinueAsync();
        });
        await ann.GoTo("/user/Ann");
        await Expect(ann.Page.Locator("tbody tr")).ToHaveCountAsync(2);

        await ann.Page.GetByLabel("Show").SelectOptionAsync("Won");
        await asked.Task;
        await ann.Page.GetByLabel("Show").SelectOptionAsync("Lost");
        await Expect(ann.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        var late = ann.Page.WaitForResponseAsync("**/games?*result=won*");
        held.SetResult();
        await (await late).FinishedAsync();
        await ann.Page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        await Expect(ann.Page.Locator("tbody tr")).ToHaveTextAsync([new Regex("Lost: four in line")]);
        await ann.Page.GetByLabel("Show").SelectOptionAsync("Drawn");

        await Expect(ann.Page.Locator("#games .none")).ToHaveTextAsync("No such games.");
    }

    private async Task<Person> Member(string name) => await Person.Register(Server, await Browser(), name, "a horse that plays well");

    /// <summary>Bob starts and wins; Ann starts the rematch and wins that.</summary>
    private static async Task WinAndLose(Person ann, Person bob)
    {
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        await ann.Button("Rematch").ClickAsync();
        await bob.Button("Accept the rematch").ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Person.PlayOut(ann, bob, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("You won: four in line!");
    }
}
