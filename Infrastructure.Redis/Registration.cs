using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConnectFour.Infrastructure.Redis;

public static class Registration
{
    public static bool IsConnectionString(string text)
    {
        try
        {
            return RedisClient.Options(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The lobby, its events and the watchers of many nodes, instead of those of a single process, where the journal is an <see cref="ISharedJournal"/> as well; register it before the application, and before whatever needs the lobby at the start.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services, string connectionString)
    {
        var options = RedisClient.Options(connectionString);
        return services.AddRedis(_ => new RedisClient(options));
    }

    internal static IServiceCollection AddRedis(this IServiceCollection services, Func<IServiceProvider, IRedisServer> redis)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomness, SystemRandomness>();
        return services
            .AddMetrics()
            .AddSingleton(provider => Presence.NewNode(provider.GetRequiredService<IRandomness>()))
            .AddSingleton(redis)
            .AddSingleton<RedisLink>()
            .AddSingleton<RedisTime>()
            .AddSingleton<BusMetrics>()
            .AddSingleton<Pulse>()
            .AddSingleton(provider => new RedisHealth(provider.GetRequiredService<Pulse>()))
            .AddSingleton(provider => new SharedCounters(provider.GetRequiredService<RedisLink>()))
            .AddSingleton<LobbyStream>()
            .AddSingleton<RedisLobby>()
            .AddSingleton<ILobby>(provider => provider.GetRequiredService<RedisLobby>())
            .AddSingleton<Func<IGameJournal>>(provider => provider.GetRequiredService<IGameJournal>)
            .AddSingleton<Func<ISharedJournal>>(provider => provider.GetRequiredService<ISharedJournal>)
            .AddSingleton<GameBus>()
            .AddSingleton<IEvents>(provider => provider.GetRequiredService<GameBus>())
            .AddSingleton<RedisWatchers>()
            .AddSingleton<IWatchers>(provider => provider.GetRequiredService<RedisWatchers>())
            .AddSingleton<Presence>()
            .AddHostedService<RedisService>();
    }
}
