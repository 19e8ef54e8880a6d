using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web;

/// <summary>Whether the process is there, and whether it can do its work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
        var (storage, lifetime) = (services.GetRequiredService<StorageHealth>(), services.GetRequiredService<IHostApplicationLifetime>());
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", () =>
            storage.IsAvailable && !lifetime.ApplicationStopping.IsCancellationRequested
                ? Results.Text("ready")
                : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
