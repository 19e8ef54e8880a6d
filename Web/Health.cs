using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web;

/// <summary>Whether the process is there, and whether it can do its work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
        var (storage, lifetime) = (services.GetRequiredService<StorageHealth>(), services.GetRequiredService<IHostApplicationLifetime>());
        var redis = services.GetService<RedisHealth>();
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", () =>
            storage.IsAvailable && redis is not { IsReady: false } && !lifetime.ApplicationStopping.IsCancellationRequested
                ? Results.Text("ready")
                : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
