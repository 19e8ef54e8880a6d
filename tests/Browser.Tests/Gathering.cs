namespace ConnectFour.Browser.Tests;

/// <summary>People in browsers of their own on one server. Whatever a browser complains of fails the test.</summary>
public abstract class Gathering(Chromium chromium) : IAsyncLifetime
{
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

    private protected async Task<IBrowserContext> Browser(int width = 1280, int height = 900)
    {
        var browser = await chromium.Context(width, height);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>Somebody in the lobby.</summary>
    private protected async Task<Person> Join(string name)
    {
        var person = await Person.Join(Server, await Browser(), name);
        _people.Add(person);
        return person;
    }

    /// <summary>Somebody who has just opened an address.</summary>
    private protected async Task<Person> Open(string path)
    {
        var person = await Person.Open(Server, await Browser(), path);
        _people.Add(person);
        return person;
    }
}
