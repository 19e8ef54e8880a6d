namespace ConnectFour.Browser.Tests;

/// <summary>People in browsers of their own on one server. Whatever a browser complains of fails the test.</summary>
public abstract class Gathering(Chromium chromium) : IAsyncLifetime
{
    private protected const string Password = "a horse that plays well";

    private readonly List<Person> _people = [];
    private readonly List<IBrowserContext> _browsers = [];

    private protected RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.Start();

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers) await browser.DisposeAsync();
        await Server.DisposeAsync();
        Assert.All(_people, person => Assert.Empty(person.Complaints));
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser window of one's own: a tab in the background would be slowed down.</summary>
    private protected async Task<IBrowserContext> Browser(int width = 1280, int height = 900, bool touch = false)
    {
        var browser = await chromium.Context(width, height, touch: touch);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>Somebody in the lobby.</summary>
    private protected async Task<Person> Join(string name, IBrowserContext? browser = null) => Known(await Person.Join(Server, browser ?? await Browser(), name));

    /// <summary>Somebody who has just opened an address.</summary>
    private protected async Task<Person> Open(string path = "/", IBrowserContext? browser = null) => Known(await Person.Open(Server, browser ?? await Browser(), path));

    /// <summary>Somebody in the lobby with an account.</summary>
    private protected async Task<Person> Register(string name, IBrowserContext? browser = null) => Known(await Person.Register(Server, browser ?? await Browser(), name, Password));

    private Person Known(Person person)
    {
        _people.Add(person);
        return person;
    }
}
