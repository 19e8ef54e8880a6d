using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Whoever comes alone finds somebody to play with.</summary>
public sealed class BotTests(Chromium chromium) : IAsyncLifetime
{
    private RunningServer _server = null!;
    private IBrowserContext _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.Start("--ConnectFour:Bots:Enabled", "true", "--ConnectFour:Bots:Pace", "00:00:00.1", "--ConnectFour:Bots:Seed", "1");
        _browser = await chromium.Context();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_bot_accepts_at_once_moves_by_itself_and_plays_again()
    {
        var ann = await Person.Join(_server, _browser, "Ann");
        await Expect(ann.Page.GetByRole(AriaRole.Group, new() { Name = "Or play a bot, from easy to perfect:" }).GetByRole(AriaRole.Button))
            .ToHaveTextAsync(["Rookie", "Casual", "Club", "Master", "Perfect"]);
        await Expect(ann.Page.Locator("#lobby tbody tr")).ToHaveCountAsync(1);

        await ann.Button("Play Perfect, a bot").ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Perfect");
        await Expect(ann.Page.Locator(".player .rating").First).ToHaveTextAsync("bot");
        var over = ann.Page.Locator("#game[data-over=true]");
        await Expect(ann.Page.Locator(".player[data-turn=true]:nth-child(2)")).ToBeVisibleAsync();
        while (await over.CountAsync() == 0)
        {
            var discs = await ann.Discs.CountAsync();
            await ann.Page.Locator(".column:not([aria-disabled=true], :disabled)").First.ClickAsync();
            await Expect(ann.Discs.Nth(discs + 1).Or(over).First).ToBeVisibleAsync();
        }
        await Expect(ann.Turn).ToHaveTextAsync("Perfect won: four in line.");
        await ann.Button("Rematch").ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        Assert.Empty(ann.Complaints);
    }
}
