using ConnectFour.Application;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;

namespace ConnectFour.Web;

/// <summary>The host: everything wired together.</summary>
public static class Server
{
    /// <param name="args">Settings from the command line, such as <c>--urls http://localhost:9000</c>.</param>
    /// <param name="contentRoot">Where appsettings.json and wwwroot lie; beside the program, if not said.</param>
    /// <param name="replace">Services to use instead of our own.</param>
    public static WebApplication Build(string[] args, string? contentRoot = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = contentRoot ?? AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        replace?.Invoke(builder.Services);
        builder.Services.AddSingleton(builder.Configuration.LobbyRules());
        builder.Services.AddStorage(builder.Configuration.DataDirectory(), builder.Configuration.StorageSettings());
        builder.Services.AddApplication();
        builder.Services.AddHostedService<RestartService>(); // Before anybody can connect.
        builder.Services.AddWebSocketAdapter(builder.Configuration.WebSocketLimits());
        builder.Services.AddHostedService<SweepService>();

        var app = builder.Build();
        app.UseMiddleware<PageHeaders>();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseWebSockets();
        app.MapHealth();
        app.MapConnectFour();
        app.MapPages();
        return app;
    }
}
