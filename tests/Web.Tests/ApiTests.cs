using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Web.Tests;

/// <summary>The HTTP API against requests of other sites and of programs that do not keep to it. One server for all tests: nothing of this changes anything.</summary>
public sealed class ApiTests(ApiTests.LoggedIn server) : IClassFixture<ApiTests.LoggedIn>
{
    private const string Long = "a longer password";

    /// <summary>Every request that changes something, with a body that would do it. The last one ends the account, or would.</summary>
    private static readonly (string Method, string Path, string? Body)[] Changes =
    [
        ("PATCH", "/api/account", """{"colour":"blue"}"""),
        ("POST", "/api/session", $$"""{"name":"Ann","password":"{{Visitor.Password}}"}"""),
        ("POST", "/api/account", $$"""{"name":"Eve","password":"{{Visitor.Password}}"}"""),
        ("PUT", "/api/account/password", $$"""{"current":"{{Visitor.Password}}","new":"{{Long}}"}"""),
        ("POST", "/api/replays", """{"record":"x"}"""),
        ("DELETE", "/api/session", null),
        ("DELETE", "/api/sessions", null),
        ("DELETE", "/api/account", $$"""{"password":"{{Visitor.Password}}"}"""),
    ];

    public static TheoryData<string, string> ForeignHeaders => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Origin", "" },
        { "Origin", "http://127.0.0.1" },
        { "Origin", "http://127.0.0.1:1" },
        { "Origin", "https://{host}" },
        { "Origin", "http://{host}.evil.example" },
        { "Origin", "http://evil.example/http://{host}" },
        { "Origin", "file://" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "nonsense" },
    };

    public static TheoryData<string, string, string> Misunderstood => new()
    {
        { "POST", "/api/session", """{"name":"Ann","password":"correct horse battery","isAdmin":true}""" },
        { "POST", "/api/session", """{"name":"Ann","password":"x","password":"correct horse battery"}""" },
        { "POST", "/api/session", """{"Name":"Ann","password":"correct horse battery"}""" },
        { "POST", "/api/session", """{"name":"Ann","PASSWORD":"correct horse battery"}""" },
        { "POST", "/api/session", """{"name":"Ann"}""" },
        { "POST", "/api/session", """{"name":"Ann","password":null}""" },
        { "POST", "/api/session", """{"name":null,"password":"correct horse battery"}""" },
        { "POST", "/api/session", """{"name":["Ann"],"password":"correct horse battery"}""" },
        { "POST", "/api/session", """{"name":"Ann","password":12345678}""" },
        { "POST", "/api/session", """{"name":"Ann","password":"correct horse battery",}""" },
        { "POST", "/api/session", """{"name":"Ann","password":"correct horse battery"} x""" },
        { "POST", "/api/session", """{"name":"Ann","password":"correct horse battery"}{}""" },
        { "POST", "/api/session", """{'name':'Ann','password':'correct horse battery'}""" },
        { "POST", "/api/session", """{"name":"Ann",/**/"password":"correct horse battery"}""" },
        { "POST", "/api/session", """{"name":"Ann\ud800","password":"correct horse battery"}""" },
        { "POST", "/api/session", "null" },
        { "POST", "/api/session", "[]" },
        { "POST", "/api/session", "\"Ann\"" },
        { "POST", "/api/session", "{" },
        { "POST", "/api/session", "" },
        { "POST", "/api/session", "[[[[[[[[[[[[[[[[[[" },
        { "POST", "/api/account", """{"name":"Eve","password":"correct horse battery","wins":99}""" },
        { "POST", "/api/account", """{"name":"Eve","password":"correct horse battery","record":{"wins":99}}""" },
        { "POST", "/api/account", """{"name":"Eve","password":"correct horse battery","kind":"bot"}""" },
        { "POST", "/api/account", """{"name":"Eve","password":null}""" },
        { "POST", "/api/account", """{"name":"Eve","password":"correct horse battery","token":7}""" },
        { "PATCH", "/api/account", """{"wins":99}""" },
        { "PATCH", "/api/account", """{"hasColour":true}""" },
        { "PATCH", "/api/account", """{"registeredAt":"2020-01-01T00:00:00Z"}""" },
        { "PATCH", "/api/account", """{"openToMore":"true"}""" },
        { "PATCH", "/api/account", """{"openToMore":1}""" },
        { "PATCH", "/api/account", """{"Colour":"blue"}""" },
        { "PATCH", "/api/account", """{"colour":"blue","colour":"red"}""" },
        { "PATCH", "/api/account", """{"colour":2}""" },
        { "PATCH", "/api/account", """{"colour":"Blue"}""" },
        { "PATCH", "/api/account", """{"colour":"2"}""" },
        { "PATCH", "/api/account", """{"colour":""}""" },
        { "PATCH", "/api/account", "null" },
        { "PATCH", "/api/account", "" },
        { "PUT", "/api/account/password", """{"current":"correct horse battery"}""" },
        { "PUT", "/api/account/password", """{"current":"correct horse battery","new":null}""" },
        { "PUT", "/api/account/password", """{"current":"correct horse battery","new":"another password","user":"Bob"}""" },
        { "DELETE", "/api/account", """{"password":"correct horse battery","name":"Bob"}""" },
        { "DELETE", "/api/account", """{"password":null}""" },
        { "DELETE", "/api/account", "{}" },
        { "DELETE", "/api/account", "" },
        { "POST", "/api/replays", """{"record":null}""" },
        { "POST", "/api/replays", """{"record":"x","y":1}""" },
        { "POST", "/api/replays", "{}" },
    };

    [Theory, MemberData(nameof(ForeignHeaders))]
    public async Task What_changes_something_is_refused_to_other_sites(string header, string value)
    {
        foreach (var (method, path, body) in Changes)
        {
            var answer = await server.Send(method, path, body, (header, value.Replace("{host}", server.Host, StringComparison.Ordinal)));
            Assert.True((HttpStatusCode.Forbidden, "foreign_origin") == await Visitor.Problem(answer), $"{method} {path}");
        }

        await NothingHasChanged();
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("a/b/c;q=x")]
    public async Task An_error_is_problem_details_whatever_the_client_says_that_it_takes(string accept)
    {
        var refused = await server.Send("DELETE", "/api/users/Nobody/ratings", null, ("Accept", accept));
        var missing = await server.Send("GET", "/api/users/Nobody", null, ("Accept", accept));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), await Visitor.Problem(refused));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await Visitor.Problem(missing));
    }

    [Theory]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task JSON_is_UTF_8(string contentType)
    {
        var known = await server.Send("POST", "/api/replays", """{"record":"x"}""", contentType: "application/json; charset=UTF-8");
        var answer = await server.Send("POST", "/api/replays", """{"record":"x"}""", contentType: contentType);

        Assert.Equal((HttpStatusCode.BadRequest, "bad_record"), await Visitor.Problem(known));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "not_json"), await Visitor.Problem(answer));
        HasHeaders(answer);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("text/plain; charset=application/json")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task What_a_form_could_send_is_no_JSON(string? contentType)
    {
        foreach (var (method, path, body) in Changes)
        {
            var answer = await server.Send(method, path, body ?? "x=y", contentType: contentType, own: false);
            Assert.True((HttpStatusCode.UnsupportedMediaType, "not_json") == await Visitor.Problem(answer), $"{method} {path}");
        }

        await NothingHasChanged();
    }

    [Fact]
    public async Task To_look_at_an_address_that_changes_something_changes_nothing()
    {
        foreach (var method in new[] { "GET", "HEAD" })
            foreach (var path in Changes.Select(change => change.Path).Distinct().Except(["/api/session"]))
            {
                var answer = await server.Send(method, $"{path}?name=Eve&password={Long}&_method=DELETE", null, ("X-HTTP-Method-Override", "DELETE"));
                Assert.True(answer.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, $"{method} {path}: {answer.StatusCode}");
            }

        await NothingHasChanged();
    }

    [Theory, MemberData(nameof(Misunderstood))]
    public async Task What_is_not_understood_is_refused_without_a_word_about_how_we_are_made(string method, string path, string body)
    {
        var answer = await server.Send(method, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("code").GetString()!);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.DoesNotMatch("(?i)exception|stack|System\\.|ConnectFour|(?-i:[a-z]Request)|\\.cs|   at |BytePosition|LineNumber|sqlite", text);
        await NothingHasChanged();
    }

    [Theory]
    [InlineData("POST", "/api/session", "name")]
    [InlineData("POST", "/api/account", "password")]
    [InlineData("PATCH", "/api/account", "name")]
    [InlineData("PUT", "/api/account/password", "new")]
    [InlineData("DELETE", "/api/account", "password")]
    [InlineData("POST", "/api/replays", "record")]
    public async Task A_body_over_16_KB_is_too_big_whether_it_says_how_long_it_is_or_not(string method, string path, string field)
    {
        var body = $$"""{"{{field}}":"{{new string('x', 16_384)}}"}""";

        var declared = await server.Send(method, path, body);
        var streamed = await server.Send(method, path, body, chunked: true);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_big"), await Visitor.Problem(declared));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too_big"), await Visitor.Problem(streamed));
        await NothingHasChanged();
    }

    [Fact]
    public async Task No_answer_of_the_API_is_kept_or_taken_for_a_page()
    {
        (string Method, string Path, string? Body)[] requests =
        [
            ("GET", "/api/session", null), ("GET", "/api/account/data", null), ("GET", "/api/users/Ann", null), ("GET", "/api/users/Ann/games", null), ("GET", "/api/users/Nobody", null),
            ("GET", "/api/games/nothing", null), ("GET", "/api/nothing", null), ("GET", "/api", null), ("GET", "/api/account", null), ("OPTIONS", "/api/session", null), ("TRACE", "/api/session", null),
            ("PATCH", "/api/account", "{}"), ("PATCH", "/api/account", "nonsense"), ("POST", "/api/session", """{"name":"Ann","password":"wrong"}"""), ("POST", "/api/session", new string(' ', 20_000)),
            ("POST", "/api/replays", """{"record":"x"}"""),
        ];
        var answers = new List<HttpResponseMessage>();
        foreach (var (method, path, body) in requests) answers.Add(await server.Send(method, path, body));
        answers.Add(await server.Send("PATCH", "/api/account", "{}", ("Origin", "null")));
        answers.Add(await server.Send("POST", "/api/session", "x=y", contentType: "text/plain"));
        await using var strict = await RunningServer.Start("--ConnectFour:Accounts:AttemptsPerMinute", "1");
        using var visitor = new Visitor(strict);
        answers.Add(await visitor.LogIn("Ann"));
        answers.Add(await visitor.LogIn("Ann"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
        Assert.All(answers, HasHeaders);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task What_goes_wrong_on_the_server_is_not_told(string environment)
    {
        await using var broken = await RunningServer.Start(services => services.AddSingleton<IPasswordHasher<Account>, BrokenHasher>(), "--environment", environment, "--Logging:LogLevel:Microsoft", "None");
        using var visitor = new Visitor(broken);

        var answer = await visitor.LogIn("Ann");

        Assert.Equal((HttpStatusCode.InternalServerError, "failed"), await Visitor.Problem(answer));
        Assert.DoesNotContain(BrokenHasher.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        HasHeaders(answer);
    }

    [Fact]
    public async Task The_API_is_described_in_development_with_every_address_that_it_has()
    {
        await using var development = await RunningServer.Start("--environment", "Development");
        using var visitor = new Visitor(development);
        var mapped = development.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && path.StartsWith("/api/", StringComparison.Ordinal) && !Regex.IsMatch(path, "^/api/(docs|openapi)"))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods, (endpoint, method) => $"{method} {endpoint.RoutePattern.RawText}").Order().ToArray();

        var document = await Visitor.Json(await visitor.Get("/api/openapi.json"));
        var page = await visitor.Get("/api/docs");

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (Route: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)).ToArray();
        Assert.Equal(mapped, described.Select(operation => operation.Route).Order());
        Assert.True(mapped.Length >= 13);
        Assert.All(described, operation => Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!));
        Assert.Equal("text/html", (await visitor.Get("/api/docs/")).Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/docs")]
    [InlineData("/api/docs/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar")]
    public async Task In_production_there_is_no_description(string path)
    {
        var answer = await server.Send("GET", path, null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        HasHeaders(answer);
    }

    private async Task NothingHasChanged()
    {
        var session = await Visitor.Json(await server.Send("GET", "/api/session", null));
        var account = session.GetProperty("account");
        Assert.Equal(JsonValueKind.Object, account.ValueKind);
        Assert.Equal(("Ann", JsonValueKind.Null, false), (account.GetProperty("name").GetString(), account.GetProperty("colour").ValueKind, account.GetProperty("openToMore").GetBoolean()));
        Assert.Equal(server.Hash, server.StoredHash);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Send("GET", "/api/users/Eve", null)).StatusCode);
    }

    private static void HasHeaders(HttpResponseMessage answer)
    {
        var what = $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} {answer.StatusCode}";
        var isApi = answer.RequestMessage.RequestUri!.AbsolutePath.StartsWith("/api", StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl is { } cache && (cache.NoStore || !isApi), $"{what}: {answer.Headers.CacheControl}");
        Assert.True(answer.Headers.TryGetValues("X-Content-Type-Options", out var sniffing) && sniffing.SequenceEqual(["nosniff"]), what);
        Assert.True(answer.Headers.TryGetValues("Content-Security-Policy", out var policy) && policy.Single().StartsWith("default-src 'none'", StringComparison.Ordinal), what);
    }

    /// <summary>A server on which Ann is logged in.</summary>
    public sealed class LoggedIn : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private readonly HttpClient _http = new(new HttpClientHandler { UseCookies = false });
        private RunningServer? _server;
        private string? _cookie;

        public string Host => _server!.Address.Authority;

        /// <summary>Of the password, when she registered.</summary>
        public string? Hash { get; private set; }

        public string StoredHash => StoredRows.Scalar<string>(_folder.Path, "SELECT password_hash FROM accounts");

        public async ValueTask InitializeAsync()
        {
            _server = await RunningServer.Start("--ConnectFour:DataDirectory", _folder.Path);
            using var visitor = await Visitor.Of(_server, "Ann");
            var cookie = visitor.Cookies.GetAllCookies().Single();
            (_cookie, Hash) = ($"{cookie.Name}={cookie.Value}", StoredHash);
        }

        public Task<HttpResponseMessage> Send(string method, string path, string? body, (string Name, string Value) header) => Send(method, path, body, own: false, header: header);

        /// <param name="own">Whether it says that it comes from our own page.</param>
        public Task<HttpResponseMessage> Send(
            string method, string path, string? body, string? contentType = "application/json", bool own = true, bool chunked = false, (string Name, string Value)? header = null)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server!.Address, path));
            request.Headers.Add("Cookie", _cookie);
            if (own) request.Headers.Add("Origin", $"http://{Host}");
            if (header is var (name, value)) request.Headers.TryAddWithoutValidation(name, value);
            if (chunked) request.Headers.TransferEncodingChunked = true;
            if (body is null) return _http.SendAsync(request);

            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            return _http.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            await _server!.DisposeAsync();
            _http.Dispose();
            _folder.Dispose();
        }
    }

    private sealed class BrokenHasher : IPasswordHasher<Account>
    {
        public const string Secret = "the third drawer";

        public string HashPassword(Account user, string password) => throw new InvalidOperationException(Secret);

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => throw new InvalidOperationException(Secret);
    }
}
