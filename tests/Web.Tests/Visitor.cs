using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ConnectFour.Web.Tests;

/// <summary>A browser without a page: keeps its cookies, and says where its requests come from.</summary>
internal sealed class Visitor : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient _http;

    /// <param name="cookies">What the browser has from before.</param>
    public Visitor(RunningServer server, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        var handler = new HttpClientHandler { CookieContainer = Cookies, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        _http = new HttpClient(handler) { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
    }

    public CookieContainer Cookies { get; }

    /// <summary>Somebody who has just registered.</summary>
    public static async Task<Visitor> Of(RunningServer server, string name)
    {
        var visitor = new Visitor(server);
        await visitor.Register(name);
        return visitor;
    }

    /// <summary>One more header of all requests from now on.</summary>
    public void Say(string header, string value) => _http.DefaultRequestHeaders.Add(header, value);

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null) =>
        _http.SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) });

    public Task<HttpResponseMessage> Post(string path, object body) => Send(HttpMethod.Post, path, body);

    public async Task<JsonElement> Register(string name, string? token = null)
    {
        var answer = await Post("/api/account", new { name, password = Password, token });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await Json(answer);
    }

    public Task<HttpResponseMessage> LogIn(string name, string password = Password) => Post("/api/session", new { name, password });

    /// <summary>Who is logged in, or null.</summary>
    public async Task<string?> Name()
    {
        var account = (await Json(await Get("/api/session"))).GetProperty("account");
        return account.ValueKind == JsonValueKind.Null ? null : account.GetProperty("name").GetString();
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The status and the code of an answer that is a problem.</summary>
    public static async Task<(HttpStatusCode Status, string? Code)> Problem(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, (await Json(answer)).GetProperty("code").GetString());
    }

    public void Dispose() => _http.Dispose();
}
