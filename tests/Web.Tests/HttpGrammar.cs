using System.Text;
using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>A request as it goes out, and the route that it was made for.</summary>
/// <param name="Path">With the query, as it stands on the first line.</param>
/// <param name="IsDistorted">Whether anything of it is not as the API describes it.</param>
internal sealed record FuzzedRequest(string Route, string Method, string Path, byte[]? Body, IReadOnlyList<(string Name, string Value)> Headers, bool IsDistorted)
{
    public override string ToString() =>
        $"{Method} {Path}\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))}\n\n{(Body is null ? "" : Encoding.UTF8.GetString(Body))}";
}

/// <summary>Makes requests to every route that the API describes of itself, and others that are nearly so.</summary>
/// <param name="description">What <c>/api/openapi.json</c> says.</param>
/// <param name="say">What fits where a path, a query or a body has this field; for an id in a path, what it is an id of.</param>
internal sealed class HttpGrammar(Random random, JsonObject description, Func<string, string?> say)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "QUERY", "PROPFIND", "X"];

    private static readonly string[] OddParts =
    [
        "", ".", "..", "%2e%2e", "%2f", "%5c", "%20", "%09", "%0d%0aX-Injected:%201", "%c0%af", "%ff%fe", "%ed%a0%80", "%e2%80%ae", "%f0%9f%94%b4", "%25", "%zz", "%", "a%", "__proto__", "constructor",
        "'", "%27%20OR%201=1--", "%3Cscript%3E", "*", "~", ";a=b", "a;b", "null", "NaN", "-1", "0", "1e9", "2147483648", "9223372036854775808", "[]", "{}", "$1", "\\", "|", "^", "con", "a.b", "index.html",
    ];

    private static readonly (string Name, string Value)[] OddHeaders =
    [
        ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", ""), ("Origin", "\u00e9"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", ""), ("Accept", "text/html"), ("Accept", "a/b/c;q=x"), ("Accept", "*/*;q=0"),
        ("Accept-Encoding", "br;q=1, nonsense"), ("Accept-Language", new string('a', 2_000)), ("Range", "bytes=0-0"), ("Range", "bytes=-9223372036854775808"), ("If-None-Match", "*"), ("If-Modified-Since", "never"), ("Authorization", "Basic Og=="),
        ("Authorization", "Bearer x.y.z"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https"), ("X-HTTP-Method-Override", "DELETE"), ("X-Original-URL", "/api/account"), ("Cookie", "connect-four=%00"), ("Cookie", "a=b; a=c;;=;"),
        ("Cookie", new string('c', 4_000)), ("Traceparent", "00-0-0-0"), ("Content-Encoding", "gzip"), ("Content-Language", "\u00e9"), ("User-Agent", "<script>"), ("Upgrade", "websocket"), ("Forwarded", "for=\"[::1]\""),
    ];

    private static readonly string[] OddKinds =
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/problem+json", "application/json;", "json", "",
        "application/xml", "APPLICATION/JSON", "application/json, application/json", "*/*",
    ];

    private readonly Distortion _distortion = new(random);
    private readonly SchemaGrammar _bodies = new(random, description["components"]!["schemas"]!.AsObject(), field => say(field) is { } said ? Parsed(said) : null);

    private readonly (string Method, string Path, JsonObject Operation)[] _routes =
    [
        .. from path in description["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()),
    ];

    public IEnumerable<string> Routes => _routes.Select(route => $"{route.Method} {route.Path}");

    public FuzzedRequest Next()
    {
        var (method, path, operation) = _routes[random.Next(_routes.Length)];
        var route = $"{method} {path}";
        var before = _distortions;
        if (Distorts(0.08)) method = Pick(Methods);
        JsonNode[] parameters = [.. (operation["parameters"]?.AsArray() ?? []).OfType<JsonNode>()];
        var address = Path(path) + Query([.. parameters.Where(parameter => (string)parameter["in"]! == "query").Select(parameter => (string)parameter["name"]!)]);
        var body = Body((string?)operation["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]);
        var headers = Headers(body is not null);
        return new FuzzedRequest(route, method, address, body, headers, _distortions != before);
    }

    /// <summary>How much was made otherwise than it should be, so far.</summary>
    private int _distortions;

    private string Path(string template)
    {
        var names = template.Split('/');
        var parts = names.Select((name, i) => name.StartsWith('{') ? Uri.EscapeDataString(say(name == "{id}" ? names[i - 1] : name.Trim('{', '}')) ?? "x") : name).ToList();
        if (!Distorts(0.12)) return string.Join('/', parts);

        var at = random.Next(1, parts.Count);
        switch (random.Next(7))
        {
            case 0:
                parts.Insert(at, Pick(OddParts));
                break;
            case 1:
                parts.RemoveAt(at);
                break;
            case 2:
                parts.Add("");
                break;
            case 3:
                parts[at] = parts[at].ToUpperInvariant();
                break;
            case 4:
                parts[at] = new string('a', random.Next(1, 9_000));
                break;
            case 5:
                parts[at] += Pick(OddParts);
                break;
            default:
                parts[at] = Pick(OddParts);
                break;
        }
        return parts.Count == 1 ? "/" : string.Join('/', parts);
    }

    private string Query(string[] names)
    {
        var pairs = names.Where(_ => random.Next(3) > 0).Select(name => $"{name}={(Distorts(0.3) ? Pick(OddParts) : Uri.EscapeDataString(say(name) ?? ""))}").ToList();
        if (pairs.Count > 0 && Distorts(0.1)) pairs.Add(Pick([.. pairs]));
        if (Distorts(0.04)) pairs.Add($"{Pick(OddParts)}={Pick(OddParts)}");
        if (Distorts(0.01)) pairs.Add($"a={new string('a', 9_000)}");
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private byte[]? Body(string? reference)
    {
        if (reference is null) return Distorts(0.03) ? Encoding.UTF8.GetBytes(_distortion.OddValue()) : null;

        var body = _bodies.Value(reference[(reference.LastIndexOf('/') + 1)..])!.AsObject();
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        if (body.Count > 0 && Distorts(0.3)) return _distortion.OfField(body);
        if (Distorts(0.15)) return _distortion.OfBytes(bytes, bytes);
        if (Distorts(0.02)) return [.. bytes, .. Enumerable.Repeat((byte)' ', random.Next(10_000, 40_000))];
        if (Distorts(0.02)) return Encoding.UTF8.GetBytes(_distortion.OddValue());
        return Distorts(0.02) ? null : bytes;
    }

    private List<(string Name, string Value)> Headers(bool hasBody)
    {
        var headers = new List<(string, string)>();
        if (hasBody) headers.Add(("Content-Type", Distorts(0.05) ? Pick(OddKinds) : "application/json"));
        while (Distorts(0.08)) headers.Add(Pick(OddHeaders));
        return headers;
    }

    private bool Distorts(double share)
    {
        if (random.NextDouble() >= share) return false;
        _distortions++;
        return true;
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private static JsonNode Parsed(string said) => said is "true" or "false" || int.TryParse(said, System.Globalization.CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(said)! : said;
}
