using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using ConnectFour.Application;
using ConnectFour.Infrastructure.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using IPNetwork = System.Net.IPNetwork;

namespace ConnectFour.Web;

/// <summary>
/// Who may hold a line to the server, a TCP connection: not too many of one address, nobody who says nothing, and never so many that no descriptor is left.
/// The platform would wait two minutes for a first word, the process dies when it cannot open a file that it needs, and a stop would wait half a minute for the rest of a request.
/// </summary>
internal sealed class Lines(HttpSettings settings, IReadOnlyCollection<IPNetwork> proxies, IMeterFactory meters, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>Descriptors that the process needs for itself: two for each assembly, and some for the database.</summary>
    private const int OwnDescriptors = 448;

    /// <summary>What a request that has begun gets to be answered when the server stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly int _most = Math.Max(16, Descriptors() - OwnDescriptors);
    private readonly Counter<long> _rejections = meters.Own().CreateRejections();
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly HashSet<Place> _places = [];
    private int _all;
    private ITimer? _farewell;

    public async Task Serve(ConnectionContext line, ConnectionDelegate next)
    {
        var peer = (line.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var place = new Place(this, line, ClientAddress.Of(peer));
        if (Refusal(place, isProxy: proxies.Any(proxy => proxy.Contains(peer))) is { } rule)
        {
            _rejections.Refuse(rule);
            return;
        }

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

    /// <summary>Whoever is registered later has sent their WebSockets away by now, and the web server closes what is idle: what remains has not said all that it wanted to.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _farewell = time.CreateTimer(_ => Cut(), null, Farewell, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _farewell?.Dispose();

    /// <summary>Why there is no place, or null when it was taken.</summary>
    private string? Refusal(Place place, bool isProxy)
    {
        lock (_lock)
        {
            if (_all >= _most) return "descriptors";
            if (_places.Count >= settings.Lines) return "lines";
            var here = _byAddress.GetValueOrDefault(place.Address);
            if (here >= settings.LinesPerAddress && !isProxy) return "lines_per_address";

            _all++;
            _byAddress[place.Address] = here + 1;
            _places.Add(place);
            return null;
        }
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            if (_places.Remove(place) && --_byAddress[place.Address] == 0) _byAddress.Remove(place.Address);
        }
    }

    private void Cut()
    {
        Place[] remaining;
        lock (_lock) remaining = [.. _places];
        foreach (var place in remaining) place.Cut();
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

    /// <summary>A line's place among those of its address, until it ends or has become a WebSocket: those are counted elsewhere.</summary>
    internal sealed class Place(Lines lines, ConnectionContext line, IPAddress address) : IDisposable
    {
        public IPAddress Address => address;

        public void Cut() => line.Abort();

        public void Dispose() => lines.Leave(this);
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
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var lines = endpoint.ApplicationServices.GetRequiredService<Lines>();
            endpoint.Use(next => line => lines.Serve(line, next));
        });
    }

    /// <summary>A line that has become a WebSocket is none of HTTP's any more; one that only asked to is.</summary>
    public static void UseLines(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade && context.Features.Get<Lines.Place>() is { } place)
            context.Features.Set<IHttpUpgradeFeature>(new Leaving(upgrade, place));
        return next(context);
    });

    private sealed class Leaving(IHttpUpgradeFeature upgrade, Lines.Place place) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            var stream = await upgrade.UpgradeAsync();
            place.Dispose();
            return stream;
        }
    }
}
