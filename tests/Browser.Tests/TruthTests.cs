using System.Text.RegularExpressions;
using ConnectFour.Engine;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What perfect play says, as people see it.</summary>
public sealed class TruthTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task A_finished_game_s_page_says_where_it_turned_and_leads_there()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");

        await ann.Page.Locator("#game").GetByRole(AriaRole.Link, new() { Name = "Replay" }).ClickAsync();
        var report = ann.Page.GetByRole(AriaRole.Region, new() { Name = "What perfect play says" });
        await Expect(report.Locator(".plot")).ToBeVisibleAsync();
        await Expect(report.GetByRole(AriaRole.Button).First).ToHaveTextAsync("Move 1: Bob threw a won game away. Column 4 kept the win.");
        await report.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(ann.Discs).ToHaveCountAsync(1);
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Analyse this position" }).ClickAsync();

        await Expect(ann.Page).ToHaveURLAsync(new Regex(@"/analysis\?moves=1$"));
        await Expect(ann.Page.Locator(".worths li[data-best=true]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_position_is_set_up_by_keys_and_by_its_moves_and_has_an_address()
    {
        var ann = await Open("/analysis?moves=444444");
        await Expect(ann.Discs).ToHaveCountAsync(6);

        foreach (var key in "27") await ann.Page.Keyboard.PressAsync(key.ToString());
        await Expect(ann.Page.Locator(".worths li").Nth(2)).ToContainTextAsync("Column 3: wins in 2 moves");
        await Expect(ann.Page.Locator(".worths li").Nth(3)).ToContainTextAsync("Column 4: full");
        await ann.Button("Back").ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Regex("moves=4444442$"));
        await ann.Button("Forward").ClickAsync();
        await Expect(ann.Discs).ToHaveCountAsync(8);
        await ann.Page.GetByLabel("Moves, as columns").FillAsync("1213141");
        await ann.Button("Show").ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Red won: four in line.");
        await ann.Page.GetByLabel("Moves, as columns").FillAsync("9");
        await ann.Button("Show").ClickAsync();

        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("These moves make no game.");
        await Expect(ann.Page).ToHaveURLAsync(new Regex("moves=1213141$"));
    }

    [Fact]
    public async Task An_address_with_moves_that_make_no_game_says_so_over_an_empty_board()
    {
        var ann = await Open("/analysis?moves=48");

        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("These moves make no game.");
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await Expect(ann.Turn).ToHaveTextAsync("Red is to move");
    }

    [Fact]
    public async Task Puzzles_are_solved_by_keys_and_counted_as_long_as_none_is_missed()
    {
        var ann = await Open("/puzzles");
        await Expect(ann.Turn).ToContainTextAsync("is to move and wins");

        var puzzle = await Ask(ann, () => ann.Page.ReloadAsync());
        await ann.Page.Keyboard.PressAsync($"{puzzle.Solution}");
        await Expect(ann.Turn).ToHaveTextAsync("Right!");
        await Expect(ann.Page.GetByText("1 solved in a row")).ToBeVisibleAsync();
        puzzle = await Ask(ann, () => ann.Button("Next puzzle").ClickAsync());
        await ann.Page.Keyboard.PressAsync($"{puzzle.Moves.Board.LegalColumns.First(column => column != puzzle.Solution)}");
        await Expect(ann.Turn).ToHaveTextAsync($"Not that one: column {puzzle.Solution} wins.");
        await Expect(ann.Page.GetByText("0 solved in a row")).ToBeVisibleAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Analyse this position" }).ClickAsync();

        await Expect(ann.Page.Locator(".worths li[data-best=true]")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator(".worths li[data-best=true]")).ToContainTextAsync($"Column {puzzle.Solution}: wins in {puzzle.WinsIn} moves");
    }

    /// <summary>The puzzle that the page shows after something was done.</summary>
    private static async Task<Puzzle> Ask(Person person, Func<Task> act)
    {
        var answer = await person.Page.RunAndWaitForResponseAsync(act, answer => answer.Url.Contains("/api/puzzles?", StringComparison.Ordinal));
        var puzzle = Puzzle.All[(await answer.JsonAsync())!.Value.GetProperty("id").GetInt32()];
        await Expect(person.Turn).ToContainTextAsync($"is to move and wins with {puzzle.WinsIn} discs.");
        await Expect(person.Discs).ToHaveCountAsync(puzzle.Moves.Plies);
        return puzzle;
    }
}
