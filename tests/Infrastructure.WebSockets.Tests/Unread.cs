using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Metrics that nobody reads.</summary>
internal static class Unread
{
    public static SocketMetrics Metrics { get; } = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
