using ConnectFour.Application;
using ConnectFour.Web.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Web.Tests;

/// <summary>The real server on a free port. Its time flows by itself, and the test can make more of it pass.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    /// <summary>Hashes that take as long as they should are for the tests of hashes.</summary>
    private const int QuickHash = 100;

    private static readonly TimeSpan Flow = TimeSpan.FromMilliseconds(20);

    private static SiteFiles? _site;
    private static bool _isSiteRead;
    private static object? _siteLock;

    private readonly WebApplication _app;
    private readonly FakeTimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Timer _flow;

    private readonly TemporaryFolder? _folder;

    private RunningServer(WebApplication app, FakeTimeProvider time, TemporaryFolder? folder)
    {
        (_app, _time, _folder) = (app, time, folder);
        _flow = new Timer(_ => Tick(), null, Flow, Flow);
    }

    /// <summary>Whether time passes by itself. While it does not, what the server says about time is the same in every run.</summary>
    public bool TimeFlows
    {
        get { lock (_lock) return field; }
        set { lock (_lock) field = value; }
    } = true;

    public Uri Address => new(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static Task<RunningServer> Start(params string[] settings) => Start(_ => { }, settings);

    public static async Task<RunningServer> Start(Action<IServiceCollection> replace, params string[] settings)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()); // Browsers have no other clock for their cookies.
        var folder = settings.Contains("--ConnectFour:DataDirectory") ? null : new TemporaryFolder();
        if (folder is not null) settings = ["--ConnectFour:DataDirectory", folder.Path, .. settings];
        var app = Server.Build(
            [
                "--ConnectFour:Limits:Ping", "01:00:00", // Whoever is asked in time that is made to pass cannot answer in time.
                "--urls", "http://127.0.0.1:0", "--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Accounts:PlainHttp", "true", "--ConnectFour:Accounts:AttemptsPerMinute", "10000",
                "--Logging:LogLevel:Default", "Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning", .. settings,
            ],
            Path.Combine(Repository.Root, "Web"),
            services => replace(services.AddSingleton<TimeProvider>(time).AddSingleton(SharedSite).PostConfigure<PasswordHasherOptions>(options => options.IterationCount = QuickHash)));
        await app.StartAsync();
        return new RunningServer(app, time, folder);
    }

    /// <summary>Lets much time pass at once: the wall clock is later, and the server was away.</summary>
    public void Leap(TimeSpan span) => Advance(span);

    /// <summary>Sets the wall clock forward, and no timer notices: days pass in no time.</summary>
    public void SetClock(TimeSpan forward)
    {
        lock (_lock) _time.AdjustTime(_time.GetUtcNow() + forward);
    }

    /// <summary>Lets time pass as a living server sees it.</summary>
    public async Task Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += ServerTime.Beat) Advance(ServerTime.Beat);
        await Get<Sweeper>().Sweep();
    }

    public async ValueTask DisposeAsync()
    {
        TimeFlows = true; // A client that does not answer the close is waited for, in the server's time.
        await _app.StopAsync();
        await _flow.DisposeAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
    }

    /// <summary>Where the page cannot change, one copy of it is enough for all servers: to compress it takes longer than everything else about a start.</summary>
    private static SiteFiles SharedSite(IServiceProvider services) => services.GetRequiredService<IWebHostEnvironment>().IsDevelopment()
        ? ActivatorUtilities.CreateInstance<SiteFiles>(services)
        : LazyInitializer.EnsureInitialized(ref _site, ref _isSiteRead, ref _siteLock, () => ActivatorUtilities.CreateInstance<SiteFiles>(services))!;

    private void Tick()
    {
        lock (_lock)
        {
            if (TimeFlows) _time.Advance(Flow);
        }
    }

    private void Advance(TimeSpan span)
    {
        lock (_lock) _time.Advance(span);
    }
}
