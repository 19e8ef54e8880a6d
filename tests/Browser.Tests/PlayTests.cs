using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Two or more people in real browsers on the real server.</summary>
public sealed class PlayTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Of_three_people_two_play_and_the_third_cannot_challenge_them()
    {
        // Three tabs of one browser are three people.
        var browser = await Browser();
        var (ann, bob, cy) = (await Join("Ann", browser), await Join("Bob", browser), await Join("Cy", browser));

        await ann.PlayWith(bob, "Bob");

        await Expect(cy.Row("Ann")).ToContainTextAsync("Playing");
        await Expect(cy.Button("Challenge Ann")).ToBeDisabledAsync();
        await Expect(cy.Button("Challenge Bob")).ToBeDisabledAsync();
        await Expect(ann.Button("Challenge Cy")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_game_is_played_to_a_win_that_both_see_and_then_again()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Expect(bob.Turn).ToHaveTextAsync("Your turn");
        await Expect(ann.Turn).ToHaveTextAsync("Bob is to move");

        await Person.PlayOut(bob, ann, "1213141");

        await Expect(bob.Turn).ToHaveTextAsync("You won: four in line!");
        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        await Expect(ann.WinningCells).ToHaveCountAsync(4);
        await Expect(ann.Cell(1, 4)).ToHaveAttributeAsync("data-winning", "true");
        await Expect(ann.Row("Bob")).ToContainTextAsync("1 – 0 – 0");

        await ann.Button("Rematch").ClickAsync();
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Expect(ann.Discs).ToHaveCountAsync(0);
        await Expect(ann.Tabs).ToHaveCountAsync(0); // the old game makes room for the new one
    }

    [Fact]
    public async Task The_switch_for_more_games_survives_a_reload()
    {
        var ann = await Join("Ann");
        var open = ann.Page.GetByLabel("Open to more games while I play");
        await open.CheckAsync();

        await ann.Page.ReloadAsync();

        await Expect(ann.Row("Ann")).ToBeVisibleAsync();
        await Expect(open).ToBeCheckedAsync();
    }

    [Fact]
    public async Task After_a_game_it_is_called_past_and_the_way_leads_back_to_the_lobby()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");
        await Expect(ann.Heading).ToHaveTextAsync("You played with Bob");

        await ann.Button("Back to the lobby").ClickAsync();

        await Expect(ann.Page.Locator("#play")).ToBeHiddenAsync();
        await Expect(ann.Button("Challenge Bob")).ToBeEnabledAsync();
        await Expect(ann.Button("Play now")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_full_board_is_a_draw_played_by_number_keys_alone()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        var moves = Draws.From(seed: 4).ToString();

        for (var ply = 0; ply < moves.Length; ply++)
        {
            var (mover, waiter) = ply % 2 == 0 ? (bob, ann) : (ann, bob);
            await mover.Page.Keyboard.PressAsync(moves[ply].ToString());
            await Expect(waiter.Discs).ToHaveCountAsync(ply + 1);
        }

        await Expect(ann.Turn).ToHaveTextAsync("A draw: the board is full.");
        await Expect(bob.Turn).ToHaveTextAsync("A draw: the board is full.");
    }

    [Fact]
    public async Task A_refused_move_is_explained_in_words_and_leaves_the_board_alone()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await ann.Drop(4);
        await Expect(ann.Problem).ToHaveTextAsync("It is not your turn yet.");
        await Person.PlayOut(bob, ann, "444444");
        await bob.Drop(4);

        await Expect(bob.Problem).ToHaveTextAsync("That column is full. Choose another one.");
        await Expect(bob.Discs).ToHaveCountAsync(6);
        await Expect(bob.Turn).ToHaveTextAsync("Your turn");
    }

    [Fact]
    public async Task Quitting_is_confirmed_first_and_then_told_to_both()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await ann.Button("Quit").ClickAsync();
        await ann.Button("Play on").ClickAsync();
        await Expect(ann.Turn).ToHaveTextAsync("Bob is to move");
        await ann.Button("Quit").ClickAsync();
        await ann.Button("Quit the game").ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("You gave up.");
        await Expect(bob.Turn).ToHaveTextAsync("You won: Ann gave up.");
    }

    [Fact]
    public async Task An_invitation_can_be_declined_and_withdrawn()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));

        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToContainTextAsync("Ann challenges you (3 min + 2 s).");
        await Expect(bob.Button("Challenge Ann")).ToBeDisabledAsync();
        foreach (var person in (Person[])[ann, bob]) await Expect(person.Button("Play now")).ToBeDisabledAsync();
        await bob.Button("Decline").ClickAsync();
        await Expect(ann.Notice).ToHaveTextAsync("Bob declined.");
        await Expect(ann.Invitation).ToBeHiddenAsync();

        await ann.Button("Challenge Bob").ClickAsync();
        await ann.Button("Withdraw").ClickAsync();
        await Expect(bob.Notice).ToHaveTextAsync("Ann withdrew the challenge.");
        await Expect(ann.Button("Challenge Bob")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task An_invitation_expires()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToBeVisibleAsync();

        await Server.Pass(TimeSpan.FromSeconds(30));

        await Expect(ann.Notice).ToHaveTextAsync("Bob did not answer in time.");
        await Expect(bob.Notice).ToHaveTextAsync("Ann’s challenge has expired.");
        await Expect(bob.Invitation).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Reloading_the_page_returns_to_the_game()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "44");

        await bob.Page.ReloadAsync();

        await Expect(bob.Discs).ToHaveCountAsync(2);
        await Expect(bob.Turn).ToHaveTextAsync("Your turn");
        await Person.PlayOut(bob, ann, "443", from: 2);
        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
    }

    [Fact]
    public async Task Reloading_after_the_end_shows_the_result_again()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");

        await ann.Page.ReloadAsync();

        await Expect(ann.Turn).ToHaveTextAsync("Bob won: four in line.");
        await Expect(ann.WinningCells).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_cut_connection_says_so_and_comes_back_by_itself_with_everything_as_it_was()
    {
        var away = await Browser();
        var (ann, bob) = (await Join("Ann"), await Join("Bob", away));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "4");

        await away.SetOfflineAsync(true);
        await Expect(bob.Page.Locator("#banner")).ToHaveTextAsync("Connection lost. Coming back …");
        // A cut line is not a closed tab, which would have 15 seconds.
        await Expect(ann.Page.Locator(".player .away").First).ToHaveTextAsync(new Regex("^Away, [3-6][0-9] s to come back$"));
        await ann.Drop(3);
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();
        await Expect(bob.Notice).ToHaveTextAsync("The server cannot be reached. Please try again.");
        await away.SetOfflineAsync(false);

        await Expect(bob.Page.Locator("#banner")).ToBeHiddenAsync();
        await Expect(bob.Discs).ToHaveCountAsync(2);
        await Expect(ann.Page.Locator(".player .away").First).ToBeEmptyAsync();
        await Person.PlayOut(bob, ann, "433", from: 2);
    }

    [Fact]
    public async Task Who_stays_away_too_long_loses()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await bob.Page.CloseAsync();
        await Expect(ann.Page.Locator(".player .away").First).ToContainTextAsync("to come back");
        await Server.Pass(TimeSpan.FromSeconds(60));
        await ann.Button("Claim the win").ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("You won: Bob stayed away.");
    }

    [Fact]
    public async Task A_clock_that_runs_out_loses_the_game()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Page.Locator("#clock").SelectOptionAsync("1 min + 1 s");
        await ann.PlayWith(bob, "Bob");

        await Server.Pass(TimeSpan.FromSeconds(60));

        await Expect(ann.Turn).ToHaveTextAsync("You won: Bob ran out of time.");
        await Expect(bob.Turn).ToHaveTextAsync("You lost: your time ran out.");
    }

    [Fact]
    public async Task One_person_plays_two_games_in_tabs_with_a_mark_where_it_is_their_turn()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await ann.Page.GetByLabel("Open to more games while I play").CheckAsync();
        await Expect(cy.Row("Ann")).ToContainTextAsync("Playing, open to more");

        await cy.PlayWith(ann, "Ann");
        await Expect(ann.Tabs).ToHaveCountAsync(2);
        await Expect(ann.Tabs.Nth(1)).ToHaveTextAsync("Cyyour turn");
        await Expect(ann.Tabs.Nth(0)).ToHaveTextAsync("Bob");
        await bob.Drop(4);
        await Expect(ann.Tabs.Nth(0)).ToHaveTextAsync("Bobyour turn");
        await ann.Tabs.Nth(0).ClickAsync();

        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Expect(ann.Discs).ToHaveCountAsync(1);
        await ann.Drop(4);
        await Expect(bob.Discs).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Five_people_who_all_play_each_other_play_ten_games_at_once()
    {
        string[] names = ["Ann", "Bob", "Cy", "Dee", "Eve"];
        var people = new Dictionary<string, Person>();
        foreach (var name in names)
        {
            people[name] = await Join(name);
            await people[name].Page.GetByLabel("Open to more games while I play").CheckAsync();
        }
        var games = names.SelectMany((first, index) => names.Skip(index + 1).Select(second => (First: first, Second: second))).ToArray();
        foreach (var (first, second) in games) await people[first].PlayWith(people[second], second);
        foreach (var person in people.Values) await Expect(person.Tabs).ToHaveCountAsync(4);

        foreach (var (first, second) in games)
        {
            var (ann, bob) = (people[first], people[second]);
            await ann.Tabs.Filter(new() { HasText = second }).ClickAsync();
            await bob.Tabs.Filter(new() { HasText = first }).ClickAsync();
            await Person.PlayOut(bob, ann, "1213141");
            await Expect(bob.Turn).ToHaveTextAsync("You won: four in line!");
            await Expect(ann.Turn).ToHaveTextAsync($"{second} won: four in line.");
        }
    }

    [Fact]
    public async Task A_taken_and_a_bad_name_are_explained_and_another_one_is_welcome()
    {
        await Join("Ann");
        var other = await Open();

        await other.SayName("ANN");
        await Expect(other.Page.Locator("#name-problem")).ToContainTextAsync("Somebody is here under this name already");
        await other.SayName("admin");
        await Expect(other.Page.Locator("#name-problem")).ToContainTextAsync("This name cannot be used");
        await other.SayName("Bob");

        await Expect(other.Page.Locator("#hello")).ToHaveTextAsync("Hello Bob");
    }

    [Fact]
    public async Task A_second_tab_says_that_one_is_here_already_in_the_first()
    {
        var browser = await Browser();
        var ann = await Join("Ann", browser);
        var second = await Open(browser: browser);

        await Expect(second.Page.Locator("#sign-in .elsewhere")).ToHaveTextAsync("You are here as Ann in another tab. In this one you are somebody else, and need another name.");
        await second.SayName("Bob");
        await Expect(second.Row("Ann")).ToBeVisibleAsync();

        await ann.Page.CloseAsync();
        await second.Page.CloseAsync();
        var third = await Open(browser: browser);
        await Expect(third.Page.GetByLabel("Your name")).ToBeFocusedAsync();
        await third.Page.WaitForTimeoutAsync(500); // For an answer that must not come.
        await Expect(third.Page.Locator("#sign-in .elsewhere")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Names_are_found_by_their_beginning()
    {
        var (ann, _, _) = (await Join("Ann"), await Join("Bob"), await Join("Bea"));

        await ann.Page.GetByLabel("Find").FillAsync("b");
        await Expect(ann.Page.Locator("#lobby tbody tr")).ToHaveCountAsync(2);
        await ann.Page.GetByLabel("Find").FillAsync("");

        await Expect(ann.Page.Locator("#lobby tbody tr")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_game_is_played_by_keyboard_alone_and_every_move_is_said()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await bob.Page.Locator(".column").Nth(3).FocusAsync();
        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await bob.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Cell(5, 1)).ToHaveAttributeAsync("data-disc", "0");
        await Expect(ann.Page.Locator("#live")).ToHaveTextAsync("Bob: column 5, row 1. Your turn");
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Column 5, 1 disc, Bob’s on top" })).ToBeVisibleAsync();
    }
}
