using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Accounts, as people in front of the page create, use, change and leave them.</summary>
public sealed class AccountTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task A_guest_keeps_the_name_by_creating_an_account()
    {
        var ann = await Join("Ann");

        await ann.Link("Keep this name: create an account").ClickAsync();
        await ann.CreateAccount("Ann", Password);

        await Expect(ann.Link("My page")).ToHaveAttributeAsync("href", new Uri(Server.Address, "user/Ann").ToString());
        await Expect(ann.Row("Ann").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Uri(Server.Address, "user/Ann").ToString());
        await ann.Page.ReloadAsync();
        await Expect(ann.Page.Locator("#hello")).ToHaveTextAsync("Hello Ann");
    }

    [Fact]
    public async Task A_registered_name_is_closed_to_guests()
    {
        await Register("Ann");
        var other = await Open();

        await other.SayName("ann");

        await Expect(other.Page.Locator("#name-problem")).ToHaveTextAsync("This name belongs to an account: log in, or choose another.");
    }

    [Fact]
    public async Task A_wrong_password_is_explained_and_the_right_one_lets_in()
    {
        await Register("Ann");
        var ann = await Open();
        await ann.Link("Log in").ClickAsync();

        await ann.LogIn("Ann", "not her password");
        await Expect(ann.Page.Locator("#log-in-password-problem")).Not.ToBeEmptyAsync();
        await Expect(ann.Page.Locator("#log-in-password")).ToBeFocusedAsync();
        await ann.LogIn("Ann", Password);

        await Expect(ann.Page.Locator("#hello")).ToHaveTextAsync("Hello Ann");
        ann.ForgetRefusals();
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_account_is_said_at_the_field()
    {
        await Register("Ann");
        var other = await Open("/account");
        var form = other.Page.GetByRole(AriaRole.Region, new() { Name = "Create an account" });

        await form.GetByLabel("Name").FillAsync("Ann");
        await form.GetByLabel("New password").FillAsync(Password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(other.Page.Locator("#register-name-problem")).Not.ToBeEmptyAsync();
        await form.GetByLabel("Name").FillAsync("Bob");
        await form.GetByLabel("New password").FillAsync("short");
        await form.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(other.Page.Locator("#register-password-problem")).Not.ToBeEmptyAsync();
        await Expect(other.Page.Locator("#register-name-problem")).ToBeEmptyAsync();
        other.ForgetRefusals();
    }

    [Fact]
    public async Task Logging_out_in_one_tab_signs_out_the_other()
    {
        var browser = await Browser();
        var first = await Register("Ann", browser);
        var second = await Open("/", browser);
        await Expect(second.Page.Locator("#hello")).ToHaveTextAsync("Hello Ann");

        await first.Way("Account").ClickAsync();
        await first.Button("Log out").ClickAsync();

        await Expect(first.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await Expect(second.Page.GetByLabel("Your name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Preferences_are_kept_and_the_colour_is_played_with()
    {
        var ann = await Register("Ann");
        await ann.GoTo("/account");

        await ann.Page.GetByLabel("Purple").CheckAsync();
        await ann.Page.GetByLabel("Open to more games while I play").CheckAsync();
        await ann.Button("Save").ClickAsync();
        await Expect(ann.Page.Locator("#preferences .said")).ToHaveTextAsync("Saved.");
        await ann.Page.ReloadAsync();

        await Expect(ann.Page.GetByLabel("Purple")).ToBeCheckedAsync();
        await Expect(ann.Page.GetByLabel("Open to more games while I play")).ToBeCheckedAsync();
        await ann.GoTo("/");
        var bob = await Join("Bob");
        await bob.PlayWith(ann, "Ann");
        await Expect(bob.Page.Locator(".player .disc").First).ToHaveAttributeAsync("data-colour", "purple");
    }

    [Fact]
    public async Task Name_and_password_can_be_changed()
    {
        var ann = await Register("Ann");
        await ann.GoTo("/account");

        await ann.Page.Locator("#rename-name").FillAsync("Anna");
        await ann.Button("Change the name").ClickAsync();
        await Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Your account, Anna");
        await ann.Page.GetByLabel("Current password").FillAsync(Password);
        await ann.Page.Locator("#password-new").FillAsync("another horse altogether");
        await ann.Button("Change the password").ClickAsync();
        await Expect(ann.Page.Locator("#password .said")).ToHaveTextAsync("Your password has changed.");

        var elsewhere = await Open("/account");
        await elsewhere.LogIn("Anna", "another horse altogether");
        await Expect(elsewhere.Page.Locator("#hello")).ToHaveTextAsync("Hello Anna");
    }

    [Fact]
    public async Task An_account_is_deleted_only_with_its_password()
    {
        var ann = await Register("Ann");
        await ann.GoTo("/account");
        await ann.Button("Delete the account").ClickAsync();

        await ann.Page.Locator("#delete-password").FillAsync("not her password");
        await ann.Button("Delete it for ever").ClickAsync();
        await Expect(ann.Page.Locator("#delete-password-problem")).Not.ToBeEmptyAsync();
        await ann.Page.Locator("#delete-password").FillAsync(Password);
        await ann.Button("Delete it for ever").ClickAsync();

        await Expect(ann.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await ann.GoTo("/user/Ann");
        await Expect(ann.Page.Locator("#missing")).ToBeVisibleAsync();
        ann.ForgetRefusals();
    }

    [Fact]
    public async Task Nobody_is_told_on_their_own_page_that_they_are_not_here()
    {
        var (ann, bob) = (await Register("Ann"), await Join("Bob"));

        await ann.GoTo("/user/Ann");
        await bob.GoTo("/user/Ann");

        await Expect(bob.Page.Locator("#user .about")).ToContainTextAsync(" · with an account since");
        await Expect(ann.Page.Locator("#user .about")).ToContainTextAsync(new Regex("^with an account since"));
    }

    [Fact]
    public async Task The_page_of_a_user_shows_the_record_and_leads_to_the_games()
    {
        var ann = await Register("Ann");
        var bob = await Join("Bob");
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "1213141");

        await bob.GoTo("/user/ann");

        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync("Ann");
        await Expect(bob.Page.Locator(".tallies")).ToContainTextAsync("1 lost");
        await Expect(bob.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(bob.Page.Locator("tbody tr")).ToContainTextAsync("Lost: four in line");
        await bob.Page.Locator("tbody .look a").ClickAsync();
        await Expect(bob.Turn).ToHaveTextAsync("Bob won: four in line.");
        await Expect(bob.Page.Locator(".player").GetByRole(AriaRole.Link)).ToHaveTextAsync("Ann");
    }

    [Fact]
    public async Task The_pages_fit_a_narrow_screen()
    {
        var ann = await Register("Abcdefghijklmnopqrst", await Browser(width: 360, height: 740));

        foreach (var (path, shown) in new[] { ("/", "#lobby"), ("/account", "#mine"), ("/user/Abcdefghijklmnopqrst", "#games"), ("/replay", "#record") })
        {
            await ann.GoTo(path);
            await Expect(ann.Page.Locator(shown)).ToBeVisibleAsync();
            Assert.Equal(360, await ann.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
