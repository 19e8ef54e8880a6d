using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConnectFour.Infrastructure.Storage;

public static class Registration
{
    /// <summary>Journal, profiles and accounts on SQLite, in a data directory that is created if need be. Takes a journal that is registered already instead of its own.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, string dataDirectory, StorageSettings settings)
    {
        services.TryAddSingleton<IGameJournal>(provider => provider.GetRequiredService<SqliteJournal>());
        return services
            .AddSingleton(settings)
            .AddSingleton(_ => DataDirectory.Hold(dataDirectory))
            .AddSingleton(provider => Database.Open(provider.GetRequiredService<DataDirectory>().DatabaseFile))
            .AddSingleton<SqliteJournal>()
            .AddSingleton(provider => new StorageHealth(provider.GetRequiredService<SqliteJournal>()))
            .AddSingleton<IProfiles, Profiles>()
            .AddDbContextFactory<StorageContext>((provider, options) => provider.GetRequiredService<Database>().Configure(options));
    }
}
