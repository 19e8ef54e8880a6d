using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What a visit costs, and what is left of it without a connection.</summary>
public sealed class PageWeightTests(Chromium chromium) : Gathering(chromium)
{
    private const int MostBytes = 60_000;
    private const int MostRequests = 8;

    [Fact]
    public async Task A_first_visit_is_light_and_asks_nobody_else_and_a_second_one_loads_nothing_again()
    {
        var browser = await Browser();
        var page = await browser.NewPageAsync();
        var traffic = await Traffic.Of(page);

        await page.GotoAsync(Server.Address.ToString());
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the lobby" }).ClickAsync();
        await Expect(page.Locator("#lobby-title")).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<string?>("async () => { await new Promise(requestIdleCallback); return (await navigator.serviceWorker.getRegistration())?.scope ?? null; }")); // What it would load comes later, too.
        var first = traffic.Take();
        await page.ReloadAsync();
        await Expect(page.Locator("#lobby-title")).ToBeVisibleAsync();
        var second = traffic.Take();

        Assert.All(first, request => Assert.StartsWith(Server.Address.ToString(), request.Url, StringComparison.Ordinal));
        Assert.InRange(first.Count(request => request.Bytes > 0), 3, MostRequests);
        Assert.InRange(first.Sum(request => request.Bytes), 10_000, MostBytes);
        Assert.DoesNotContain(second, request => request.Bytes > 0 && request.Url.Contains("/assets/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_connection_two_people_can_play_on_the_device()
    {
        var ann = await Join("Ann");
        await ann.Page.ReloadAsync();
        await ann.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => caches.keys())");
        await Expect(ann.Page.Locator("html")).ToBeVisibleAsync();

        await ann.Page.Context.SetOfflineAsync(true);
        await ann.Page.GotoAsync(Server.Address.ToString());
        await Expect(ann.Page.Locator("#offline")).ToHaveTextAsync("There is no connection. You can play here, two on this device.");
        foreach (var key in "1213141") await ann.Page.Keyboard.PressAsync(key.ToString());
        await Expect(ann.Page.Locator(".turn")).ToHaveTextAsync("Red won: four in line.");
        await ann.Button("Take back").ClickAsync();
        await Expect(ann.Page.Locator(".turn")).ToHaveTextAsync("Red is to move");

        await ann.Page.Context.SetOfflineAsync(false);
        await ann.GoTo("/");
        await Expect(ann.Page.Locator("#hello")).ToHaveTextAsync("Hello Ann");
    }

    /// <summary>What goes over the wire for a page.</summary>
    private sealed class Traffic
    {
        private readonly Dictionary<string, string> _urls = [];
        private readonly List<(string Url, int Bytes)> _done = [];

        public static async Task<Traffic> Of(IPage page)
        {
            var traffic = new Traffic();
            var session = await page.Context.NewCDPSessionAsync(page);
            session.Event("Network.requestWillBeSent").OnEvent += (_, message) => traffic.Began(message!.Value);
            session.Event("Network.loadingFinished").OnEvent += (_, message) => traffic.Ended(message!.Value);
            await session.SendAsync("Network.enable");
            return traffic;
        }

        public (string Url, int Bytes)[] Take()
        {
            lock (_done)
            {
                var taken = _done.ToArray();
                _done.Clear();
                return taken;
            }
        }

        private void Began(JsonElement message)
        {
            lock (_done) _urls[message.GetProperty("requestId").GetString()!] = message.GetProperty("request").GetProperty("url").GetString()!;
        }

        private void Ended(JsonElement message)
        {
            lock (_done)
                if (_urls.TryGetValue(message.GetProperty("requestId").GetString()!, out var url)) _done.Add((url, (int)message.GetProperty("encodedDataLength").GetDouble()));
        }
    }
}
