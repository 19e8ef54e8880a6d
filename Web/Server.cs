using ConnectFour.Application;
using ConnectFour.Infrastructure.Bots;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Accounts;
using ConnectFour.Web.Operations;
using ConnectFour.Web.Site;
using ConnectFour.Web.Truth;

namespace ConnectFour.Web;

/// <summary>The host: everything wired together.</summary>
public static class Server
{
    /// <summary>Bytes of a request's body: the longest that there is reason to send is a game's record.</summary>
    private const int LongestBody = 16_384;

    /// <param name="args">Settings from the command line, such as <c>--urls http://localhost:9000</c>.</param>
    /// <param name="contentRoot">Where appsettings.json and wwwroot lie; beside the program, if not said.</param>
    /// <param name="replace">Services to use instead of our own.</param>
    public static WebApplication Build(string[] args, string? contentRoot = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = contentRoot ?? AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.UseLines();
        });
        builder.Configuration.RequireAddresses();
        builder.Services.AddSingleton(builder.Configuration.HttpSettings());
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Lines>(provider, builder.Configuration.Proxies()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Lines>()); // Before the WebSockets: what begins first is told to stop last.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // It warns that keys lie unencrypted: they do so where the accounts do, readable by the owner only.
        builder.Services.AddSingleton(builder.Configuration.LobbyRules());
        if (builder.Configuration.Redis() is { } redis) builder.Services.AddRedis(redis);
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddApplication();
        builder.Services.AddHostedService<RestartService>(); // Before anybody can connect.
        builder.Services.AddTruth(builder.Configuration.EngineSettings());
        builder.Services.AddBots(builder.Configuration.BotSettings());
        builder.Services.AddWebSocketAdapter(builder.Configuration.WebSocketLimits());
        builder.Services.AddHostedService<SweepService>();
        builder.Services.AddApi();
        builder.Services.AddSingleton<SiteFiles>();
        var accounts = builder.Configuration.AccountSettings();
        builder.Services.AddSessions(accounts);
        builder.Services.AddLimits(accounts);
        builder.Services.AddTelemetry(builder.Configuration, builder.Configuration.OperationsSettings());
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<SiteFiles>(); // Files that do not fit together stop the start.
        app.UseProxies(builder.Configuration.Proxies());
        app.UseMiddleware<PageHeaders>();
        app.UseExceptionHandler();
        app.UseMiddleware<Unavailable>();
        app.UseRefusals();
        app.UseMiddleware<Utf8Only>();
        app.UsePathBase(builder.Configuration.PathBase());
        app.UseRouting(); // After the path base, and not before everything as it would be otherwise.
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseConnectFourSockets();
        app.UseLines();
        app.MapHealth(app.Services);
        app.MapApi();
        if (app.Environment.IsDevelopment()) app.MapApiDocs();
        app.MapConnectFour();
        app.MapPages();
        return app;
    }
}
