[assembly: AssemblyFixture(typeof(ConnectFour.Browser.Tests.Chromium))]

namespace ConnectFour.Browser.Tests;

/// <summary>The system's own Chromium: one for all tests, but where two people have to have two.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long a page may take before it is given up on: a net for slow machines, which decides nothing.</summary>
    private const float PatienceMilliseconds = 20_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = SystemChromium.Path, Args = SystemChromium.Arguments });
    }

    /// <summary>A browser of one person's own: nothing is shared with other people's.</summary>
    /// <param name="trusting">Whether it takes a certificate that nobody has signed, with which it has no service worker.</param>
    public Task<IBrowserContext> Context(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? locale = null, bool trusting = false, bool touch = false) =>
        _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
            HasTouch = touch,
            IgnoreHTTPSErrors = trusting,
            ServiceWorkers = trusting ? ServiceWorkerPolicy.Block : ServiceWorkerPolicy.Allow,
        });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
