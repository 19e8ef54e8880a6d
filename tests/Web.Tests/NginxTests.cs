using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ConnectFour.Web.Tests;

/// <summary>The example of a proxy, run as it is but for names, ports and the certificate.</summary>
public sealed class NginxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly (int Plain, int Secure) _ports = (FreePort.Find(), FreePort.Find());
    private Process? _nginx;
    private string? _fingerprint;

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
        Start(server.Address);
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate), AllowAutoRedirect = false, UseCookies = true });
        var site = new Uri($"https://127.0.0.1:{_ports.Secure}");
        await Condition.Holds(async () =>
        {
            try
            {
                return (await http.GetAsync(new Uri(site, "/health/ready"))).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // It has not begun to listen.
            }
        });
        http.DefaultRequestHeaders.Add("Origin", site.GetLeftPart(UriPartial.Authority));

        var page = await http.GetAsync(site);
        var plain = await http.GetAsync($"http://127.0.0.1:{_ports.Plain}/leaderboard");
        var registered = await http.PostAsJsonAsync(new Uri(site, "/api/account"), new { name = "Ann", password = "a horse that plays well", token = (string?)null });
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
        socket.Options.SetRequestHeader("Origin", site.GetLeftPart(UriPartial.Authority));
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

    private bool IsOurs(X509Certificate? certificate) => certificate?.GetCertHashString() == _fingerprint;

    private void Start(Uri server)
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "site.pem"), Path.Combine(_folder.Path, "site.key"));
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var own = new CertificateRequest("CN=127.0.0.1", secret, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _fingerprint = own.GetCertHashString();
        File.WriteAllText(certificate, own.ExportCertificatePem());
        File.WriteAllText(key, secret.ExportECPrivateKeyPem());

        var example = Repository.Read("deploy", "nginx.conf")
            .Replace("server 127.0.0.1:8080;", $"server {server.Authority};", StringComparison.Ordinal)
            .Replace("listen 80;", $"listen 127.0.0.1:{_ports.Plain};", StringComparison.Ordinal)
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{_ports.Secure} ssl;", StringComparison.Ordinal)
            .Replace("/etc/ssl/certs/play.example.org.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/ssl/private/play.example.org.key", key, StringComparison.Ordinal);
        var folders = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"{kind}_temp_path {_folder.Path}/{kind};\n"));
        var settings = Path.Combine(_folder.Path, "nginx.conf");
        File.WriteAllText(settings, $"daemon off;\npid {_folder.Path}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{example}\n}}\n");
        _nginx = Process.Start(new ProcessStartInfo("nginx", ["-c", settings, "-p", _folder.Path]) { UseShellExecute = false })!;
    }
}
