using ConnectFour.Application;
using ConnectFour.Application.Ports;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConnectFour.Web.Operations;

/// <summary>Metrics and traces: pushed by OTLP where the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, and shown to Prometheus at the operators' own address.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The meters of the platform that are passed on as they are.</summary>
    private static readonly string[] Platform =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Identity", "Microsoft.AspNetCore.MemoryPool", "System.Runtime",
    ];

    /// <summary>Of the meter and of the traces of what PostgreSQL is asked, without the values.</summary>
    private const string Postgres = "Npgsql";

    /// <summary>How many combinations of labels one metric may have: room is kept for all of them, of every metric. Any more are counted together.</summary>
    private const int Combinations = 250;

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, OperationsSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<PlayMetrics>().AddSingleton<IAudience>(provider => provider.GetRequiredService<PlayMetrics>());
        var isPushed = !string.IsNullOrEmpty(configuration[Endpoint]);
        if (!isPushed && settings.Url == "") return;

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("connect-four"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters.Name, Postgres).AddMeter(Platform).AddView(_ => new MetricStreamConfiguration { CardinalityLimit = Combinations });
                if (settings.Url != "") metrics.AddPrometheusExporter();
            });
        if (settings.Url != "") services.AddHostedService<OperationsHost>();
        if (!isPushed) return;

        telemetry
            .WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TracedShare)))
                .AddSource(Meters.Name, Postgres)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.WebSockets.IsWebSocketRequest)) // A span for each message, and none that lasts for hours.
            .UseOtlpExporter();
    }
}
