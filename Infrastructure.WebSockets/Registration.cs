using ConnectFour.Application.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.WebSockets;

public static class Registration
{
    public static IServiceCollection AddWebSocketAdapter(this IServiceCollection services, WebSocketLimits limits) => services
        .AddSingleton(limits)
        .AddSingleton<Admission>()
        .AddSingleton<Sessions>()
        .AddSingleton<IEvents, Broadcaster>()
        .AddSingleton<Greeting>()
        .AddSingleton<LobbyFeed>()
        .AddSingleton<Door>()
        .AddHostedService<WebSocketService>();

    /// <summary>The protocol's address. Needs <c>UseWebSockets</c> before it.</summary>
    public static IEndpointConventionBuilder MapConnectFour(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/ws", context => context.RequestServices.GetRequiredService<Door>().Enter(context));
}
