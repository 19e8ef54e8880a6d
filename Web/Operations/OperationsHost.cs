using OpenTelemetry.Metrics;

namespace ConnectFour.Web.Operations;

/// <summary>The operators' own address: metrics for Prometheus and health, on a server of its own, so that no trick with a path or a header leads there from outside.</summary>
internal sealed class OperationsHost(OperationsSettings settings, IServiceProvider services) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: what the environment and the files say of addresses is meant for the public one.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(settings.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(services.GetRequiredService<MeterProvider>(), null, "/metrics", null, null);
        _app.MapHealth(services);
        await _app.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }
}
