using static Microsoft.Playwright.Assertions;

namespace ConnectFour.Browser.Tests;

/// <summary>Pictures of the main states at three widths and in three looks, in artifacts/pictures, for a person to leaf through: index.html shows them all.</summary>
public sealed class PicturesTests(Chromium chromium) : Gathering(chromium)
{
    private static readonly (int Width, int Height)[] Screens = [(360, 740), (768, 1024), (1440, 900)];
    private static readonly (string Name, string Theme, string Contrast)[] Looks = [("light", "light", ""), ("dark", "dark", ""), ("contrast", "light", "more")];

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "pictures")).FullName;
    private readonly List<string> _taken = [];

    [Fact]
    public async Task The_main_states_look_as_these_pictures_show_and_none_is_wider_than_its_screen()
    {
        foreach (var old in Directory.GetFiles(_folder)) File.Delete(old);
        var newcomer = await Open("/");
        await Expect(newcomer.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await Take(newcomer, "sign-in");
        var ann = await Join("Ann");
        await Take(ann, "alone");
        var (bob, cy, dee) = (await Join("Bob"), await Join("Cy"), await Join("Dee"));
        await dee.PlayWith(cy, "Cy");
        await Person.PlayOut(cy, dee, "4435624");
        await Expect(ann.Page.Locator("#running li")).ToHaveCountAsync(1);
        await Take(ann, "lobby");
        await ann.Button("Play now").ClickAsync();
        await Expect(ann.Button("Stop waiting")).ToBeVisibleAsync();
        await Take(ann, "waiting");
        await ann.Button("Stop waiting").ClickAsync();
        await ann.Button("Invite a friend by link").ClickAsync();
        await Expect(ann.Page.Locator(".qr")).ToBeVisibleAsync();
        await Take(ann, "link");
        newcomer = await Open(new Uri(await ann.Page.GetByLabel("Address to send").InputValueAsync()).AbsolutePath);
        await newcomer.SayName("Eve");
        await Expect(newcomer.Button("Play")).ToBeVisibleAsync();
        await Take(newcomer, "invited-by-link");
        await newcomer.Button("Not now").ClickAsync();
        await ann.Button("Withdraw the invitation").ClickAsync();
        await ann.Page.GetByLabel("Fair start").SelectOptionAsync("With swap");
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToBeVisibleAsync();
        await Take(bob, "invited");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Person.PlayOut(bob, ann, "1");
        await Expect(ann.Button("Take over the first disc")).ToBeVisibleAsync();
        await Take(ann, "swap");
        await Person.PlayOut(bob, ann, "121314", from: 1);
        await Take(ann, "playing");
        await newcomer.Page.Locator("#running button").Filter(new() { HasText = "Bob" }).ClickAsync();
        await Expect(newcomer.Heading).ToHaveTextAsync("Watching Bob and Ann");
        await Take(newcomer, "watching");
        await Take(bob, "my-turn", "wood");
        await bob.Button("Settings").ClickAsync();
        await Take(bob, "settings", "night");
        await bob.Button("Done").ClickAsync();
        await bob.Drop(1);
        await Expect(ann.Page.Locator("#game")).ToHaveAttributeAsync("data-over", "true");
        await Take(ann, "over");
        await Take(bob, "won");
        await ann.GoTo($"/game/{await bob.Page.Locator("#game").GetAttributeAsync("data-game")}");
        await Expect(ann.Page.Locator(".plies li")).ToHaveCountAsync(7);
        await Take(ann, "replay");
        foreach (var page in (string[])["account", "leaderboard", "local", "puzzles", "analysis?moves=4435"])
        {
            await ann.GoTo($"/{page}");
            await Expect(ann.Page.Locator("h1")).ToBeVisibleAsync();
            await Take(ann, page.Split('?')[0]);
        }
        await bob.Button("Back to the lobby").ClickAsync();
        await bob.Page.GetByLabel("Open to more games while I play").CheckAsync();
        foreach (var friend in (Person[])[newcomer, ann])
        {
            await friend.GoTo("/");
            await friend.PlayWith(bob, "Bob");
        }
        await ann.Page.CloseAsync();
        await Expect(bob.Page.Locator(".player .away").Nth(1)).ToContainTextAsync("to come back");
        await Server.Pass(TimeSpan.FromSeconds(15));
        await Expect(bob.Page.Locator(".offer")).ToContainTextAsync("won by you");
        await Take(bob, "claim");
        await bob.Page.GetByLabel("Language").First.SelectOptionAsync("العربية");
        await Expect(bob.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(bob.Page.Locator("#game .board")).ToBeVisibleAsync();
        await Take(bob, "arabic");

        const int states = 22;
        Assert.Equal(states * Screens.Length * Looks.Length, Directory.GetFiles(_folder, "*.png").Length);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "index.html"),
            $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>
            <style>body { font: 1rem system-ui; margin: 1rem; background: #888; } section { display: flex; gap: 1rem; align-items: start; overflow-x: auto; } figure { margin: 0 0 1rem; } img { max-height: 90vh; }</style>
            {{string.Concat(_taken.GroupBy(name => name[..name.LastIndexOf('-')]).Select(group => $"<h2>{group.Key}</h2><section>{string.Concat(group.Select(name => $"<figure><img src=\"{name}\" alt=\"\" loading=\"lazy\"><figcaption>{name}</figcaption></figure>"))}</section>"))}}
            """,
            TestContext.Current.CancellationToken);
    }

    private async Task Take(Person person, string state, string board = "classic")
    {
        await person.Page.EvaluateAsync("board => { document.documentElement.dataset.board = board; }", board);
        foreach (var (look, theme, contrast) in Looks)
        {
            await person.Page.EvaluateAsync("([theme, contrast]) => Object.assign(document.documentElement.dataset, { theme, contrast })", new[] { theme, contrast });
            foreach (var (width, height) in Screens)
            {
                await person.Page.SetViewportSizeAsync(width, height);
                Assert.True(await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{state} is wider than {width}.");
                var name = $"{state}-{look}-{width}.png";
                await person.Page.ScreenshotAsync(new() { Path = Path.Combine(_folder, name), FullPage = true });
                _taken.Add(name);
            }
        }
    }
}
