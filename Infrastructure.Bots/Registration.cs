using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.Bots;

public static class Registration
{
    /// <summary>Bots in the lobby, from the start on; register it after whatever takes up the running games.</summary>
    public static IServiceCollection AddBots(this IServiceCollection services, BotSettings settings) => !settings.Enabled ? services : services
        .AddSingleton(settings)
        .AddSingleton<Duties>()
        .AddSingleton<IAudience>(provider => provider.GetRequiredService<Duties>())
        .AddSingleton<Thinkers>()
        .AddHostedService<BotService>();
}
