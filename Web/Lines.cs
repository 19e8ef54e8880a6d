using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using ConnectFour.Application;
using ConnectFour.Infrastructure.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace ConnectFour.Web;

/// <summary>
/// Who may hold a line to the server, a TCP connection: not too many of one address, nobody who says nothing, and never so many that no descriptor is left.
/// The platform would wait two minutes for a first word, and the process dies when it cannot open a file that it needs.
/// </summary>
internal sealed class Lines(HttpSettings settings, IReadOnlyCollection<IPNetwork> proxies, IMeterFactory meters, TimeProvider time)
{
    /// <summary>Descriptors that the process needs for itself: two for each assembly, and some for the database.</summary>
    private const int OwnDescriptors = 448;

    private readonly int _most = Math.Max(16, Descriptors() - OwnDescriptors);
    private readonly Counter<long> _rejections = meters.Own().CreateRejections();
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _all;

    public async Task Serve(ConnectionContext line, ConnectionDelegate next)
    {
        var peer = (line.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var address = ClientAddress.Of(peer);
        if (Refusal(address, isProxy: proxies.Any(proxy => proxy.Contains(peer))) is { } rule)
        {
            _rejections.Refuse(rule);
            return;
        }

        using var place = new Place(this, address);
        line.Features.Set(place);
        try
        {
            if (await Speaks(line)) await next(line);
            else _rejections.Refuse("silent_line");
        }
        finally
        {
            lock (_lock) _all--;
        }
    }

    /// <summary>Why there is no place, or null when one was taken.</summary>
    private string? Refusal(IPAddress address, bool isProxy)
    {
        lock (_lock)
        {
            if (_all >= _most) return "descriptors";
            var here = _byAddress.GetValueOrDefault(address);
            if (here >= settings.LinesPerAddress && !isProxy) return "lines_per_address";

            _all++;
            _byAddress[address] = here + 1;
            return null;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            if (--_byAddress[address] == 0) _byAddress.Remove(address);
        }
    }

    /// <summary>Whether anything comes in time; it is left to be read by whom it concerns.</summary>
    private async Task<bool> Speaks(ConnectionContext line)
    {
        using var patience = new CancellationTokenSource(settings.HeadPatience, time);
        try
        {
            var first = await line.Transport.Input.ReadAsync(patience.Token);
            line.Transport.Input.AdvanceTo(first.Buffer.Start);
            return !first.Buffer.IsEmpty;
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    /// <summary>How many the system allows the process.</summary>
    private static int Descriptors()
    {
        const string limits = "/proc/self/limits";
        const string row = "Max open files";
        if (!File.Exists(limits)) return int.MaxValue;
        var allowed = File.ReadLines(limits).FirstOrDefault(line => line.StartsWith(row, StringComparison.Ordinal))?[row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.TryParse(allowed, CultureInfo.InvariantCulture, out var count) ? count : int.MaxValue;
    }

    /// <summary>A line's place among those of its address, until it ends or becomes a WebSocket: those are counted elsewhere.</summary>
    internal sealed class Place(Lines lines, IPAddress address) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0) lines.Leave(address);
        }
    }
}

internal static class LineLimits
{
    /// <summary>The web server looks at its clock so often, and waits so much longer than it is told to.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>Bounds what a line, and the head of a request on it, may use up.</summary>
    public static void UseLines(this KestrelServerOptions kestrel)
    {
        var settings = kestrel.ApplicationServices.GetRequiredService<HttpSettings>();
        kestrel.Limits.MaxRequestHeadersTotalSize = settings.HeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = settings.HeadPatience > Heartbeat ? settings.HeadPatience - Heartbeat : settings.HeadPatience;
        kestrel.Limits.MaxConcurrentConnections = settings.Lines;
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var lines = endpoint.ApplicationServices.GetRequiredService<Lines>();
            endpoint.Use(next => line => lines.Serve(line, next));
        });
    }

    /// <summary>A line that becomes a WebSocket, or is closed because it may not, is none of HTTP's any more.</summary>
    public static void UseLines(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.WebSockets.IsWebSocketRequest) context.Features.Get<Lines.Place>()?.Dispose();
        return next(context);
    });
}
