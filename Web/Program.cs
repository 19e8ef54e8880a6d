using ConnectFour.Application;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web;

// Everything the server needs lies beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(builder.Configuration.LobbyRules());
builder.Services.AddApplication();
builder.Services.AddWebSocketAdapter(builder.Configuration.WebSocketLimits());
builder.Services.AddHostedService<SweepService>();

var app = builder.Build();
app.UseMiddleware<PageHeaders>();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseWebSockets();
app.MapConnectFour();
app.Run();
