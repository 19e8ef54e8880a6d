using ZXing;
using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>What one sees only if one looks: signs, empty places, pictures, and what a button beside the way does.</summary>
public sealed class DetailsTests(Chromium chromium) : Gathering(chromium)
{
    [Fact]
    public async Task Empty_places_say_what_to_do_and_the_line_says_how_it_is()
    {
        var ann = await Join("Ann");

        await Expect(ann.Page.Locator("#lobby .empty")).ToHaveTextAsync("Nobody else is here yet. Open this page in another tab, or send a friend its address.");
        await Expect(ann.Page.Locator("#line")).ToHaveTextAsync("good connection");
        await ann.Page.GetByLabel("Find").FillAsync("zz");
        await Expect(ann.Page.Locator("#lobby .empty")).ToHaveTextAsync("Nobody here has a name that begins so.");
        await ann.GoTo("/leaderboard");

        await Expect(ann.Page.GetByText("Nobody has a rating yet. Create an account, and play somebody who has one, with a clock.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_thinks_is_seen_to_a_line_goes_through_the_four_and_each_side_has_a_mark_of_its_own()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");

        await Expect(ann.Page.Locator(".player").First.Locator(".thinking")).ToBeVisibleAsync();
        await Expect(bob.Page.Locator(".thinking:visible")).ToHaveCountAsync(0);
        await Person.PlayOut(bob, ann, "1213141");

        await Expect(bob.Page.Locator("#game .line line")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator(".thinking:visible")).ToHaveCountAsync(0);
        var marks = await ann.Page.Locator(".cell .disc").EvaluateAllAsync<string[]>("discs => discs.map(disc => { const { borderRadius, borderTopWidth, transform } = getComputedStyle(disc, '::before'); return `${disc.dataset.side}: ${borderRadius} ${parseFloat(borderTopWidth) > 1} ${transform}`; })");
        Assert.Equal(2, marks.Distinct().Count());
        Assert.Equal(2, marks.Select(mark => mark[2..]).Distinct().Count());
        Assert.All(marks, mark => Assert.Contains("true", mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_wants_no_sounds_hears_none()
    {
        var browser = await Browser();
        await browser.AddInitScriptAsync("const Real = AudioContext; globalThis.heard = 0; globalThis.AudioContext = class extends Real { createOscillator() { globalThis.heard++; return super.createOscillator(); } };");
        var (ann, bob) = (await Join("Ann", browser), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        var begun = await ann.Page.EvaluateAsync<int>("heard");
        await ann.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })"); // Who looks elsewhere hears it, too.
        await Person.PlayOut(bob, ann, "4");
        await Condition.Holds(() => ann.Page.EvaluateAsync<bool>("begun => heard > begun", begun));
        await ann.Page.EvaluateAsync("() => { delete document.hidden; }");

        await ann.Button("Settings").ClickAsync();
        await ann.Page.GetByLabel("Sounds").UncheckAsync();
        await ann.Button("Done").ClickAsync();
        var heard = await ann.Page.EvaluateAsync<int>("heard");
        await Person.PlayOut(bob, ann, "4444", from: 1);

        Assert.Equal(heard, await ann.Page.EvaluateAsync<int>("heard"));
    }

    [Fact]
    public async Task The_address_of_an_invitation_is_copied_and_its_picture_says_the_same()
    {
        var browser = await Browser();
        await browser.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var ann = await Join("Ann", browser);
        await ann.Button("Invite a friend by link").ClickAsync();

        await ann.Button("Copy").ClickAsync();

        await Expect(ann.Page.GetByText("Copied.")).ToBeVisibleAsync();
        var address = await ann.Page.GetByLabel("Address to send").InputValueAsync();
        Assert.Equal(address, await ann.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await Condition.Holds(() => ann.Page.EvaluateAsync<bool>("document.querySelector('.qr').complete && document.querySelector('.qr').naturalWidth > 0"));
        Assert.Equal(address, await Read(ann.Page.Locator(".qr")));
    }

    [Fact]
    public async Task Who_waits_is_led_to_a_game_to_watch()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.PlayWith(bob, "Bob");
        await cy.Button("Play now").ClickAsync();

        await cy.Button("Watch a game").ClickAsync();
        await cy.Page.Keyboard.PressAsync("Enter");

        await Expect(cy.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await Expect(cy.Button("Stop waiting")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Accounts_may_challenge_who_takes_challenges_of_accounts_only_and_nobody_who_takes_none()
    {
        var (ann, bob, cy) = (await Register("Ann"), await Join("Bob"), await Join("Cy"));
        await ann.GoTo("/");
        await bob.Page.GetByLabel("Who may challenge me").SelectOptionAsync("Accounts only");

        await Expect(cy.Button("Challenge Bob")).ToBeDisabledAsync();
        await Expect(ann.Button("Challenge Bob")).ToBeEnabledAsync();
        await bob.Page.GetByLabel("Who may challenge me").SelectOptionAsync("Nobody");

        await Expect(ann.Button("Challenge Bob")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task In_a_rematch_the_colours_are_exchanged_and_the_other_one_starts()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.PlayWith(bob, "Bob");
        await Expect(Mine(bob)).ToHaveAttributeAsync("data-colour", "red");
        await bob.Button("Quit").ClickAsync();
        await bob.Button("Quit the game").ClickAsync();

        await ann.Button("Rematch").ClickAsync();
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();

        await Expect(ann.Turn).ToHaveTextAsync("Your turn");
        await Expect(Mine(ann)).ToHaveAttributeAsync("data-colour", "red");
        await Expect(Mine(bob)).ToHaveAttributeAsync("data-colour", "yellow");

        static ILocator Mine(Person person) => person.Page.Locator(".player").Filter(new() { HasText = "You" }).Locator(".disc");
    }

    [Fact]
    public async Task On_a_phone_a_tap_drops_a_disc()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob", await Browser(360, 740, touch: true)));
        await ann.PlayWith(bob, "Bob");

        await bob.Page.Locator(".column").Nth(3).TapAsync();

        await Expect(ann.Cell(4, 1)).ToHaveAttributeAsync("data-disc", "0");
    }

    /// <summary>What a camera reads in the picture of a code.</summary>
    private static async Task<string?> Read(ILocator code)
    {
        const int size = 352;
        var pixels = await code.EvaluateAsync<string>(
            """
            (image, size) => {
                const picture = new OffscreenCanvas(size, size).getContext('2d');
                picture.fillStyle = 'white';
                picture.fillRect(0, 0, size, size);
                picture.drawImage(image, 16, 16, size - 32, size - 32);
                return btoa([...picture.getImageData(0, 0, size, size).data].map(value => String.fromCharCode(value)).join(''));
            }
            """,
            size);
        return new BarcodeReaderGeneric().Decode(new RGBLuminanceSource(Convert.FromBase64String(pixels), size, size, RGBLuminanceSource.BitmapFormat.RGBA32))?.Text;
    }
}
