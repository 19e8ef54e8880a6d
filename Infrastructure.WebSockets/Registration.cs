using ConnectFour.Application.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConnectFour.Infrastructure.WebSockets;

public static class Registration
{
    /// <summary>Takes <see cref="ILogins"/> that is registered already instead of a world without accounts.</summary>
    public static IServiceCollection AddWebSocketAdapter(this IServiceCollection services, WebSocketLimits limits)
    {
        services.TryAddSingleton<ILogins, NoLogins>();
        return services
            .AddSingleton(limits)
            .AddMetrics()
            .AddSingleton<SocketMetrics>()
            .AddSingleton<KeepAlive>()
            .AddSingleton<Admission>()
            .AddSingleton<Sessions>()
            .AddSingleton<LiveGames>()
            .AddSingleton<Broadcaster>()
            .AddSingleton<IAudience>(provider => provider.GetRequiredService<Broadcaster>())
            .AddSingleton<Greeting>()
            .AddSingleton<WholeGames>()
            .AddSingleton<LobbyFeed>()
            .AddSingleton<RunningFeed>()
            .AddSingleton<Door>()
            .AddHostedService<WebSocketService>();
    }

    /// <summary>Lets requests ask to become WebSockets.</summary>
    public static IApplicationBuilder UseConnectFourSockets(this IApplicationBuilder app) => app.UseWebSockets();

    /// <summary>The protocol's address. Needs <see cref="UseConnectFourSockets"/> before it.</summary>
    public static IEndpointConventionBuilder MapConnectFour(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/ws", context => context.RequestServices.GetRequiredService<Door>().Enter(context));
}
