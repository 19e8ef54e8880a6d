using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ConnectFour.Web.Site;
using RegexMatch = System.Text.RegularExpressions.Match;

namespace ConnectFour.Web.Tests;

/// <summary>How the page's files are put together and served.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public void A_bundle_has_each_module_once_after_those_that_it_imports()
    {
        var bundle = Bundle(new()
        {
            ["main.js"] = "import { a } from './a.js';\nimport { b as c } from './views/b.js';\nawait a(c);\n",
            ["a.js"] = "export function a() {}\n",
            ["views/b.js"] = "// Why.\nimport { a } from '../a.js';\n/**\n * What.\n */\nexport const b = a;\n/** @type {number} */ let n = 1;\nexport { n };\n",
        });

        Assert.Equal(
            """
            const $0 = (() => {
            function a() {}
            return { a };
            })();
            const $1 = (() => {
            const { a } = $0;
            const b = a;
            let n = 1;
            return { b, n };
            })();
            const $2 = await (async () => {
            const { a } = $0;
            const { b: c } = $1;
            await a(c);
            })();

            """, bundle);
    }

    [Theory]
    [InlineData("import x from './a.js';\n")]
    [InlineData("import * as x from './a.js';\n")]
    [InlineData("import { a } from 'lodash';\n")]
    [InlineData("export default 1;\n")]
    [InlineData("export * from './a.js';\n")]
    [InlineData("const a = import('./a.js');\n")]
    [InlineData("import { a } from './none.js';\n")]
    [InlineData("import './main.js';\n")]
    public void What_a_bundle_cannot_hold_is_refused(string source)
    {
        Assert.Throws<InvalidDataException>(() => Bundle(new() { ["main.js"] = source, ["a.js"] = "export const a = 1;\n" }));
    }

    [Fact]
    public void Texts_that_look_like_comments_stay()
    {
        Assert.Contains("'http://x/*'", Bundle(new() { ["main.js"] = "const a = 'http://x/*'; // why\nconst b = 1; /* c */\n" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_loads_is_kept_for_ever_under_a_name_that_changes_with_it()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var paths = Assets().Matches(await http.GetStringAsync("/")).Select(match => match.Value.Replace("{language}", "en", StringComparison.Ordinal)).Distinct().ToArray();

        foreach (var path in paths)
        {
            var answer = await http.GetAsync("/" + path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        }
        Assert.Contains(paths, path => path.EndsWith("/main.js", StringComparison.Ordinal));
        Assert.Contains(paths, path => path.EndsWith("/lang/en.json", StringComparison.Ordinal));
        var old = await http.GetAsync("/" + Hash().Replace(paths[0], "/0000000000000000/"));
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.True(old.Headers.CacheControl is { NoCache: true } or { NoStore: true });
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task It_is_sent_in_the_encoding_that_the_browser_takes(string accepted, string? encoding)
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var plain = await http.GetByteArrayAsync("/");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepted);

        var answer = await http.GetAsync("/");

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var read = new MemoryStream();
        await (encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body }).CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.Equal(plain, read.ToArray());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again_and_another_language_is_another_page()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var tag = (await http.GetAsync("/")).Headers.ETag!;

        http.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        var same = await http.GetAsync("/");
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("pt", 1));
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("ja-JP", 0.8));
        var other = await http.GetAsync("/");

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(tag, same.Headers.ETag);
        Assert.Contains("Accept-Encoding", same.Headers.Vary);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Contains("/lang/ja.json", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_works_below_a_path()
    {
        await using var server = await RunningServer.Start("--ConnectFour:PathBase", "/games/four");
        using var http = new HttpClient { BaseAddress = server.Address };

        var page = await http.GetStringAsync("/games/four/game/x");

        Assert.Contains("""<meta name="home" content="/games/four/">""", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?:src|href)=\"/(?!games/four/)", page);
        foreach (RegexMatch asset in Assets().Matches(page)) Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"/games/four/{asset.Value}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/games/four/api/session")).StatusCode);
        using var ann = new Bot("Ann");
        await ann.Join(new Uri(server.Address, "/games/four/"));
    }

    [Fact]
    public async Task The_page_can_be_installed()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };

        var manifest = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/manifest.webmanifest")).RootElement;
        var worker = await http.GetAsync("/sw.js");

        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
            Assert.Equal(icon.GetProperty("type").GetString(), (await http.GetAsync("/" + icon.GetProperty("src").GetString())).Content.Headers.ContentType!.MediaType);
        Assert.Equal("text/javascript", worker.Content.Headers.ContentType!.MediaType);
        Assert.True(worker.Headers.CacheControl!.NoCache);
        var script = await worker.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var needed in Assets().Matches(await http.GetStringAsync("/local")).Where(needed => !needed.Value.EndsWith("-marked.svg", StringComparison.Ordinal))) Assert.Contains($"'{needed.Value.Split('/', 3)[2]}'", script, StringComparison.Ordinal);
        foreach (RegexMatch kept in Kept().Matches(script))
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"/assets/{server.Get<SiteFiles>().Site.Hash}/{kept.Groups[1].Value}")).StatusCode);
    }

    [Theory]
    [InlineData("connect4")]
    [InlineData("/connect4/")]
    [InlineData("/<script>")]
    public void A_path_that_is_none_stops_the_start(string path)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<SettingsException>(() => Server.Build(["--ConnectFour:DataDirectory", folder.Path, "--ConnectFour:PathBase", path], Path.Combine(Repository.Root, "Web")));
    }

    private static string Bundle(Dictionary<string, string> modules) => Bundler.Bundle("main.js", modules.GetValueOrDefault);

    [GeneratedRegex("assets/[^\"]+")]
    private static partial Regex Assets();

    [GeneratedRegex("/[0-9a-f]{16}/")]
    private static partial Regex Hash();

    [GeneratedRegex("'((?:local|look|favicon|lang/|icons/)[\\w/.]+\\.\\w+)'")]
    private static partial Regex Kept();
}
