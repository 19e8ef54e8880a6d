using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>The page in other languages than English, as people who read them see it.</summary>
public sealed class LanguageTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "a horse that plays well";

    private readonly List<Person> _people = [];
    private readonly List<IBrowserContext> _browsers = [];
    private RunningServer _server = null!;

    public static TheoryData<string> Languages => ["en", "fr", "de", "es", "ar", "ja"];

    public async ValueTask InitializeAsync() => _server = await RunningServer.Start();

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.DisposeAsync();
        await _server.DisposeAsync();
        Assert.All(_people, person => Assert.Empty(person.Complaints));
    }

    [Theory]
    [InlineData("fr-CH", "fr", "Qui es-tu ?", "Puissance 4", "Joue à Puissance 4 avec les personnes présentes.")]
    [InlineData("de", "de", "Wer bist du?", "Vier gewinnt", "Spiele Vier gewinnt mit allen, die gerade hier sind.")]
    [InlineData("ja-JP", "ja", "お名前は？", "四目並べ", "今いる人と四目並べで対局できます。")]
    [InlineData("sv-SE", "en", "Who are you?", "Connect Four", "Play Connect Four with whoever is here.")]
    public async Task The_browser_s_choice_comes_first_and_English_where_there_is_none(string locale, string language, string question, string title, string description)
    {
        var ann = await Open(locale);

        await Expect(ann.Page.Locator("#sign-in-title")).ToHaveTextAsync(question);
        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await Expect(ann.Page).ToHaveTitleAsync(title);
        await Expect(ann.Page.Locator("meta[name=description]")).ToHaveAttributeAsync("content", description);
    }

    [Fact]
    public async Task Another_language_is_chosen_before_one_has_a_name_and_what_was_typed_stays()
    {
        var ann = await Open("en-GB");
        await ann.Page.GetByLabel("Your name").FillAsync("Ann");

        await ann.Page.Locator("#sign-in").GetByLabel("Language").SelectOptionAsync("Deutsch");

        await Expect(ann.Page.Locator("#sign-in-title")).ToHaveTextAsync("Wer bist du?");
        await Expect(ann.Page.GetByLabel("Dein Name")).ToHaveValueAsync("Ann");
        await ann.Button("In die Lobby").ClickAsync();
        await Expect(ann.Page.Locator("#hello")).ToHaveTextAsync("Hallo Ann");
    }

    [Fact]
    public async Task Another_language_is_chosen_in_the_middle_of_a_game_and_kept_on_every_page()
    {
        var (ann, bob) = (await Join("en-GB", "Ann"), await Join("en-GB", "Bob"));
        await ann.PlayWith(bob, "Bob");
        await Person.PlayOut(bob, ann, "44");

        await bob.Page.Locator(".top").GetByLabel("Language").SelectOptionAsync("Español");

        await Expect(bob.Heading).ToHaveTextAsync("Juegas con Ann");
        await Expect(bob.Discs).ToHaveCountAsync(2);
        await Expect(bob.Turn).ToHaveTextAsync("Te toca");
        await Person.PlayOut(bob, ann, "44353", from: 2);
        await bob.GoTo("/replay");
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync("Ver la repetición de una partida");
        await Expect(bob.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
    }

    [Fact]
    public async Task In_Arabic_the_page_is_read_from_the_right_and_the_board_is_not()
    {
        var (ann, bob) = (await Join("ar", "Ann"), await Join("ar", "Bob"));
        await Expect(bob.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        Assert.True(await Left(bob, ".top :is(h1, .home)") > await Left(bob, ".top .links"));
        Assert.True(await Left(bob, ".top .links") > await Left(bob, ".top .language"));
        Assert.True(await Left(bob, "#lobby-title") > await Left(bob, "#lobby .online"));
        Assert.True(await Left(bob, "[data-user=Ann] td:first-child") > await Left(bob, "[data-user=Ann] button.challenge"));

        await ann.Page.Locator("[data-user=Bob] button.challenge").ClickAsync();
        await Expect(bob.Page.Locator("#invitation .what")).ToHaveTextAsync("يتحدّاك \u2068Ann\u2069 (\u2068\u200f\u20683 د\u2069 + \u20682 ث\u2069\u2069).");
        Assert.True(await Left(bob, "#invitation .what") > await Left(bob, "#invitation .left"));
        Assert.True(await Left(bob, "[data-answer=accept]") > await Left(bob, "[data-answer=decline]"));
        await bob.Page.Locator("[data-answer=accept]").ClickAsync();
        await Expect(bob.Turn).ToHaveTextAsync("دورك");

        for (var column = 2; column <= 7; column++) Assert.True(await Left(bob, Cell(column)) > await Left(bob, Cell(column - 1)));
        Assert.True(await Left(bob, "#play") > await Left(bob, "#lobby"));
        await bob.Page.Locator(".column").Nth(3).FocusAsync();
        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await bob.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Cell(5, 1)).ToHaveAttributeAsync("data-disc", "0");
    }

    [Fact]
    public async Task In_Arabic_the_key_that_points_onwards_steps_onwards()
    {
        var (ann, bob) = (await Join("ar", "Ann"), await Join("ar", "Bob"));
        await Play(ann, "Bob", bob, "1213141");
        await bob.GoTo($"/game/{await bob.Page.Locator("#game").GetAttributeAsync("data-game")}");
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync("\u2068Bob\u2069 و\u2068Ann\u2069");

        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await bob.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(bob.Discs).ToHaveCountAsync(5);
        await bob.Page.Keyboard.PressAsync("ArrowLeft");

        await Expect(bob.Turn).ToHaveTextAsync("النقلة 6 من 7: \u2068Ann\u2069، العمود \u20684\u2069");
        Assert.True(await Left(bob, ".steps button:first-child") > await Left(bob, ".steps button:last-of-type"));
    }

    [Fact]
    public async Task Somebody_who_reads_Japanese_plays_somebody_who_reads_Arabic()
    {
        var (yuki, omar) = (await Join("ja-JP", "Yuki"), await Join("ar-EG", "Omar"));

        await Expect(yuki.Page.Locator("[data-user=Omar] .state")).ToHaveTextAsync("待機中");
        await yuki.Page.Locator("[data-user=Omar] button.challenge").ClickAsync();
        await Expect(yuki.Page.Locator("#invitation .what")).ToHaveTextAsync("Omarさんに対局を申し込みました（3分 + 2秒）。");
        await omar.Page.Locator("[data-answer=accept]").ClickAsync();
        await Expect(yuki.Heading).ToHaveTextAsync("Omarさんと対局中です");
        await Expect(yuki.Turn).ToHaveTextAsync("Omarさんの番です");
        await yuki.Drop(1);
        await Expect(yuki.Problem).ToHaveTextAsync("まだあなたの番ではありません。");
        await omar.Drop(5);
        await Expect(yuki.Page.Locator("#live")).ToHaveTextAsync("Omarさん：5列、1段。 あなたの番です");
        await Expect(yuki.Page.Locator(".column").Nth(4)).ToHaveAttributeAsync("aria-label", "5列、コマ1個、一番上はOmarさん");
        await Person.PlayOut(omar, yuki, "5152", from: 1);
        await yuki.Page.Locator("[data-action=quit]").ClickAsync();
        await yuki.Page.GetByRole(AriaRole.Button, new() { Name = "投了する" }).ClickAsync();

        await Expect(yuki.Turn).ToHaveTextAsync("あなたは投了しました。");
        await Expect(omar.Turn).ToHaveTextAsync("فزت: انسحب \u2068Yuki\u2069.");
        await omar.Page.Locator("[data-action=rematch]").ClickAsync();
        await yuki.Page.Locator("[data-answer=accept]").ClickAsync();
        await Person.PlayOut(yuki, omar, "1213141");
        await Expect(yuki.Turn).ToHaveTextAsync("あなたの勝ちです。4つ並びました！");
        await Expect(omar.Turn).ToHaveTextAsync("فاز \u2068Yuki\u2069: أربعة على التوالي.");
    }

    [Fact]
    public async Task Each_number_has_the_form_that_it_takes_in_the_language()
    {
        var ann = await Join("ar", "Ann");
        var online = ann.Page.Locator("#lobby .online");
        await Expect(online).ToHaveTextAsync("شخص واحد هنا");

        await Join("de", "Bob");
        await Expect(online).ToHaveTextAsync("شخصان هنا");
        var cy = await Join("fr", "Cy");
        await Expect(online).ToHaveTextAsync("3 أشخاص هنا");
        await Expect(cy.Page.Locator("#lobby .online")).ToHaveTextAsync("3 personnes sont là");

        for (var other = 4; other <= 11; other++) await Join("ar", $"Guest{other}");
        await Expect(online).ToHaveTextAsync("11 شخصًا هنا");
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_the_person_s_language()
    {
        await Join("en", "Ann");
        var other = await Open("fr");

        await other.Page.Locator("#name").FillAsync("ann");
        await other.Page.Locator("#sign-in [type=submit]").ClickAsync();
        await Expect(other.Page.Locator("#name-problem")).ToHaveTextAsync("Quelqu’un est déjà ici sous ce nom. Choisis-en un autre.");
        await other.GoTo("/account");
        await other.Page.Locator("#register-name").FillAsync("Bob");
        await other.Page.Locator("#register-password").FillAsync("short");
        await other.Page.Locator("#register [type=submit]").ClickAsync();
        await Expect(other.Page.Locator("#register-password-problem")).ToHaveTextAsync("Un mot de passe a de 8 à 128 caractères.");
        await other.GoTo("/replay");
        await other.Page.Locator("#record").FillAsync("[Record \"connect-four 1\"]\nnonsense");
        await other.Page.Locator("#record-form [type=submit]").ClickAsync();

        await Expect(other.Page.Locator("#record-problem")).ToHaveTextAsync("La ligne 2 n’est pas celle d’une feuille de partie.");
        other.ForgetRefusals();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_page_is_wider_than_a_narrow_screen_nor_shifts_while_it_loads(string language)
    {
        var name = "Abcdefghijklmnopqrst";
        var ann = await Open(language, "/account", width: 360);
        await Fits(ann, "#register");
        await ann.Page.Locator("#register-name").FillAsync(name);
        await ann.Page.Locator("#register-password").FillAsync(Password);
        await ann.Page.Locator("#register [type=submit]").ClickAsync();
        var bob = await Join(language, "Bcdefghijklmnopqrstu", width: 360);
        await bob.Page.Locator($"[data-user={name}] button.challenge").ClickAsync();
        await Fits(bob, "#invitation");
        await Fits(ann, "#invitation");
        await ann.Page.Locator("[data-answer=accept]").ClickAsync();
        await Fits(ann, "#game");
        await Person.PlayOut(ann, bob, "1213141");
        await Fits(bob, "#game .buttons");
        var game = await ann.Page.Locator("#game").GetAttributeAsync("data-game");

        foreach (var (path, shown) in new[] { ("/", "#lobby"), ("/account", "#mine"), ($"/user/{name}", "#games tbody tr"), ($"/game/{game}", ".plies li >> nth=0"), ("/replay", "#record"), ("/game/none", "#missing"), ("/none", "h1") })
        {
            await ann.GoTo(path);
            await Fits(ann, shown);
            var shift = await ann.Page.EvaluateAsync<double>("globalThis.shift");
            Assert.True(shift <= 0.02, $"{path} shifts by {shift}");
        }
        ann.ForgetRefusals();
    }

    [Fact]
    public async Task Nothing_is_shown_before_it_is_in_the_person_s_language()
    {
        _browsers.Add(await chromium.Context(locale: "de"));
        var arrives = new TaskCompletionSource();
        await _browsers[^1].RouteAsync("**/lang/*", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        var ann = await Person.Open(_server, _browsers[^1], "/replay");
        _people.Add(ann);

        await Expect(ann.Page.Locator("h1")).ToBeHiddenAsync();
        arrives.SetResult();

        await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();
        await Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Eine Partie nachspielen");
    }

    private static async Task Fits(Person person, string shown)
    {
        await Expect(person.Page.Locator(shown)).ToBeVisibleAsync();
        Assert.Equal(360, await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task<float> Left(Person person, string selector) => (await person.Page.Locator(selector).BoundingBoxAsync())!.X;

    private static string Cell(int column) => $".cell[data-column='{column}'][data-row='1']";

    private static async Task Play(Person challenger, string opponentName, Person opponent, string columns)
    {
        await challenger.Page.Locator($"[data-user={opponentName}] button.challenge").ClickAsync();
        await opponent.Page.Locator("[data-answer=accept]").ClickAsync();
        await Expect(challenger.Page.Locator("#game")).ToBeVisibleAsync();
        await Person.PlayOut(opponent, challenger, columns);
    }

    private async Task<Person> Join(string locale, string name, int width = 1280)
    {
        var person = await Open(locale, width: width);
        await person.Page.Locator("#name").FillAsync(name);
        await person.Page.Locator("#sign-in [type=submit]").ClickAsync();
        await Expect(person.Page.Locator("#hello strong")).ToHaveTextAsync(name);
        return person;
    }

    private async Task<Person> Open(string locale, string path = "/", int width = 1280)
    {
        _browsers.Add(await chromium.Context(width: width, locale: locale));
        await _browsers[^1].AddInitScriptAsync("globalThis.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        _people.Add(await Person.Open(_server, _browsers[^1], path));
        return _people[^1];
    }
}
