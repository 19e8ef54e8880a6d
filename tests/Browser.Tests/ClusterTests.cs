using System.Text.Json;
using ConnectFour.Web;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>The promise as two people see it who play on two nodes, while one thing after another dies beneath them.</summary>
public sealed class ClusterTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private readonly List<IBrowserContext> _browsers = [];
    private readonly PostgresServer _postgres = new();
    private RedisServer _redis = null!;
    private ServerProcess _first = null!, _second = null!;

    /// <summary>The way that leads Ann to some node.</summary>
    private FaultProxy _way = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        string[] settings = ["--ConnectionStrings:Accounts", _postgres.ConnectionString(_postgres.Create()), "--ConnectionStrings:Redis", _redis.ConnectionString, "--ConnectFour:Bots:Enabled", "false"];
        Verbs.Run(["migrate", .. settings], TextWriter.Null);
        _first = await Node(settings);
        _second = await Node(settings);
        _way = FaultProxy.Before(_first.Address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.DisposeAsync();
        await _way.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _redis.DisposeAsync();
        _postgres.Dispose();
        Assert.All(_people, person => Assert.Empty(person.Complaints));
    }

    [Fact]
    public async Task A_game_ends_as_it_should_though_a_node_is_killed_and_Redis_emptied_and_PostgreSQL_restarted()
    {
        var (ann, bob) = (await Join("Ann", _way.Address), await Join("Bob", _second.Address));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "12");

        await _first.Kill();
        _way.To = _second.Address;
        _way.Reset();
        await Person.PlayOut(bob, ann, "1234", from: 2);

        Assert.Equal("+OK", await _redis.Ask("FLUSHALL"));
        await Person.PlayOut(bob, ann, "123415", from: 4);

        _postgres.Kill();
        _postgres.StartAgain();
        await Person.PlayOut(bob, ann, "123415161", from: 6);
        await Expect(ann.WinningCells).ToHaveCountAsync(4);
        await Expect(bob.WinningCells).ToHaveCountAsync(4);

        foreach (var person in _people) Assert.True(await person.Page.EvaluateAsync<bool>("globalThis.isTheSame"), "The page was loaded again.");
        using var http = new HttpClient { BaseAddress = _second.Address };
        var id = await bob.Page.Locator("#game").GetAttributeAsync("data-game");
        var game = JsonDocument.Parse(await http.GetStringAsync($"/api/games/{id}")).RootElement;
        Assert.Equal("123415161", game.GetProperty("moves").GetString());
    }

    private static Task<ServerProcess> Node(string[] settings) => ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "ConnectFour.Web.dll"), settings);

    private async Task<Person> Join(string name, Uri address)
    {
        var browser = await chromium.Context();
        _browsers.Add(browser);
        var person = await Person.Open(address, browser);
        _people.Add(person);
        await person.SayName(name);
        await Expect(person.Page.Locator("#hello")).ToContainTextAsync($"Hello {name}");
        await person.Page.EvaluateAsync("() => { globalThis.isTheSame = true; }");
        return person;
    }
}
