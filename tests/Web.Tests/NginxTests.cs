using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Web.Tests;

/// <summary>The example of a proxy, run as it is but for names, ports and the certificate.</summary>
public sealed partial class NginxTests : IDisposable
{
    /// <summary>Where Debian keeps it, which is on root's path only.</summary>
    private static readonly string Program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

    private readonly TemporaryFolder _folder = new();
    private readonly (int Plain, int Secure) _ports = (FreePort.Find(), FreePort.Find());
    private Process? _nginx;
    private string? _fingerprint;

    private Uri Site => new($"https://127.0.0.1:{_ports.Secure}");

    public void Dispose()
    {
        if (_nginx is { HasExited: false }) _nginx.Kill(entireProcessTree: true);
        _nginx?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Behind_nginx_people_log_in_and_play_over_TLS_and_plain_HTTP_leads_there()
    {
        await using var server = await RunningServer.Start("--ConnectFour:Proxies", "127.0.0.1", "--ConnectFour:Accounts:PlainHttp", "false");
        using var http = await Before(server.Address);

        var page = await http.GetAsync("/");
        var plain = await http.GetAsync($"http://127.0.0.1:{_ports.Plain}/leaderboard");
        var registered = await http.PostAsJsonAsync("/api/account", new { name = "Ann", password = "a horse that plays well", token = (string?)null });
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
        socket.Options.SetRequestHeader("Origin", Site.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{_ports.Secure}/ws"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":"new_connection","username":"Bob"}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[4_096];
        var welcome = Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);

        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal((HttpStatusCode.MovedPermanently, "/leaderboard"), (plain.StatusCode, plain.Headers.Location!.AbsolutePath));
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        Assert.Contains("secure", Assert.Single(registered.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("""{"type":"welcome",""", welcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_share_a_line_to_the_server()
    {
        var lines = new ConcurrentBag<string>();
        await using var server = await RunningServer.Start(services => services.AddSingleton<IStartupFilter>(new Watch(lines.Add)));
        using var http = await Before(server.Address);

        for (var request = 0; request < 5; request++) await http.GetStringAsync("/health/live");

        Assert.InRange(lines.Count, 6, int.MaxValue);
        Assert.Single(lines.Distinct());
    }

    [Fact]
    public async Task Of_two_nodes_none_is_left_out_for_saying_503_and_either_does_when_the_other_is_gone()
    {
        await using WebApplication first = await Node(), second = await Node();
        using var http = await Before(new(first.Urls.Single()), new(second.Urls.Single()));

        for (var request = 0; request < 4; request++) Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/busy")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);

        await first.StopAsync();
        for (var request = 0; request < 4; request++) Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
    }

    /// <summary>A server that is there, and busy.</summary>
    private static async Task<WebApplication> Node()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var node = builder.Build();
        node.Urls.Add("http://127.0.0.1:0");
        node.MapGet("/health/live", () => "live");
        node.MapGet("/busy", () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await node.StartAsync();
        return node;
    }

    /// <summary>Starts it before those nodes, and waits until it answers.</summary>
    private async Task<HttpClient> Before(params Uri[] nodes)
    {
        Start(nodes);
        var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate), AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = Site };
        await Condition.Holds(async () =>
        {
            try
            {
                return (await http.GetAsync("/health/live")).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // It has not begun to listen.
            }
        });
        http.DefaultRequestHeaders.Add("Origin", Site.GetLeftPart(UriPartial.Authority));
        return http;
    }

    private bool IsOurs(X509Certificate? certificate) => certificate?.GetCertHashString() == _fingerprint;

    private void Start(Uri[] nodes)
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "site.pem"), Path.Combine(_folder.Path, "site.key"));
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var own = new CertificateRequest("CN=127.0.0.1", secret, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _fingerprint = own.GetCertHashString();
        File.WriteAllText(certificate, own.ExportCertificatePem());
        File.WriteAllText(key, secret.ExportECPrivateKeyPem());

        var example = Upstream().Replace(Repository.Read("deploy", "nginx.conf"), line => string.Concat(nodes.Select(node => line.Value.Replace("127.0.0.1:8080", node.Authority, StringComparison.Ordinal))))
            .Replace("listen 80;", $"listen 127.0.0.1:{_ports.Plain};", StringComparison.Ordinal)
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{_ports.Secure} ssl;", StringComparison.Ordinal)
            .Replace("/etc/ssl/certs/play.example.org.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/ssl/private/play.example.org.key", key, StringComparison.Ordinal);
        var folders = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"{kind}_temp_path {_folder.Path}/{kind};\n"));
        var settings = Path.Combine(_folder.Path, "nginx.conf");
        File.WriteAllText(settings, $"daemon off;\npid {_folder.Path}/nginx.pid;\nerror_log {_folder.Path}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{example}\n}}\n");
        _nginx = Process.Start(new ProcessStartInfo(Program, ["-c", settings, "-p", _folder.Path]) { UseShellExecute = false })!;
    }

    [GeneratedRegex(@"^ *server 127\.0\.0\.1:8080.*\n", RegexOptions.Multiline)]
    private static partial Regex Upstream();

    /// <summary>Tells on which line each request comes.</summary>
    private sealed class Watch(Action<string> tell) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                tell(context.Connection.Id);
                return rest(context);
            });
            next(app);
        };
    }
}
