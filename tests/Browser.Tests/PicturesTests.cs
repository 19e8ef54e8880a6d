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
        var newcomer = await Open("/");
        await Expect(newcomer.Page.GetByLabel("Your name")).ToBeVisibleAsync();
        await Take(newcomer, "sign-in");
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await ann.Button("Play now").ClickAsync();
        await Expect(ann.Button("Stop waiting")).ToBeVisibleAsync();
        await Take(ann, "waiting");
        await ann.Button("Stop waiting").ClickAsync();
        await ann.Button("Challenge Bob").ClickAsync();
        await Expect(bob.Invitation).ToBeVisibleAsync();
        await Take(bob, "invited");
        await bob.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(ann.Heading).ToHaveTextAsync("You are playing with Bob");
        await Person.PlayOut(bob, ann, "121314");
        await Take(ann, "playing");
        await bob.Drop(1);
        await Expect(ann.Page.Locator("#game")).ToHaveAttributeAsync("data-over", "true");
        await Take(ann, "over");

        Assert.Equal(5 * Screens.Length * Looks.Length, _taken.Count);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "index.html"),
            $"<!doctype html><title>Pictures</title>{string.Concat(_taken.Select(name => $"<figure><figcaption>{name}</figcaption><img src=\"{name}\" style=\"max-width:100%\"></figure>"))}",
            TestContext.Current.CancellationToken);
    }

    private async Task Take(Person person, string state)
    {
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
