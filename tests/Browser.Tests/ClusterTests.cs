using System.Text.Json;
using ConnectFour.Web;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>The promise as two people see it who play on two nodes, while one thing after another dies beneath them.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_game_ends_as_it_should_though_a_node_is_killed_and_Redis_emptied_and_PostgreSQL_restarted()
    {
        using var postgres = new PostgresServer();
        await using var redis = await RedisServer.Start();
        string[] settings = ["--ConnectionStrings:Accounts", postgres.ConnectionString(postgres.Create()), "--ConnectionStrings:Redis", redis.ConnectionString, "--ConnectFour:Bots:Enabled", "false"];
        Verbs.Run(["migrate", .. settings], TextWriter.Null);
        await using ServerProcess first = await Node(settings), second = await Node(settings), third = await Node(settings);
        await using var annsWay = FaultProxy.Before(first.Address); // It leads her to another node when hers is dead, and never to Bob's.
        await using Chromium annsBrowser = new(), bobsBrowser = new();
        var (ann, bob) = (await Join("Ann", annsWay.Address, annsBrowser), await Join("Bob", second.Address, bobsBrowser));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "12");

        annsWay.To = third.Address;
        await first.Kill();
        await Person.PlayOut(bob, ann, "1234", from: 2);

        Assert.Equal("+OK", await redis.Ask("FLUSHALL"));
        await Person.PlayOut(bob, ann, "123415", from: 4);

        postgres.Kill();
        postgres.StartAgain();
        await Person.PlayOut(bob, ann, "123415161", from: 6);

        await Expect(bob.Turn).ToHaveTextAsync("You won: four in line!");
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        foreach (var person in (Person[])[ann, bob])
        {
            await Expect(person.WinningCells).ToHaveCountAsync(4);
            Assert.True(await person.Page.EvaluateAsync<bool>("globalThis.isTheSame"), "The page was loaded again.");
            Assert.Empty(person.Complaints);
        }
        Assert.Equal("123415161", await Moves(second.Address, await bob.Page.Locator("#game").GetAttributeAsync("data-game")));
    }

    private static Task<ServerProcess> Node(string[] settings) => ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "ConnectFour.Web.dll"), settings);

    /// <param name="browser">One that has not been started yet.</param>
    private static async Task<Person> Join(string name, Uri address, Chromium browser)
    {
        await browser.InitializeAsync();
        var person = await Person.Open(address, await browser.Context());
        await person.SayName(name);
        await Expect(person.Page.Locator("#hello")).ToContainTextAsync($"Hello {name}");
        await person.Page.EvaluateAsync("() => { globalThis.isTheSame = true; }");
        return person;
    }

    private static async Task<string?> Moves(Uri node, string? game)
    {
        using var http = new HttpClient { BaseAddress = node };
        return JsonDocument.Parse(await http.GetStringAsync($"/api/games/{game}")).RootElement.GetProperty("moves").GetString();
    }
}
