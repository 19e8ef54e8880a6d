using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace ConnectFour.Web.Site;

/// <summary>
/// The page's files as they are served. Everything that a page loads lies in one folder whose name is a hash of all of it: a browser may keep it for ever, modules find each other by
/// relative paths, and after an update everything is new at once. Scripts and styles of a page are put together, so that a first visit takes few round trips.
/// </summary>
internal sealed partial class Site
{
    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".webmanifest"] = "application/manifest+json; charset=utf-8",
    };

    private readonly FrozenDictionary<string, Asset> _assets;
    private readonly FrozenDictionary<string, string> _pages;

    private Site(FrozenDictionary<string, Asset> assets, FrozenDictionary<string, string> pages, string hash) => (_assets, _pages, Hash) = (assets, pages, hash);

    /// <summary>The name of the folder.</summary>
    public string Hash { get; }

    public IEnumerable<string> Pages => _pages.Keys;

    /// <summary>The paths of everything in the folder.</summary>
    public IEnumerable<string> Assets => _assets.Keys;

    /// <summary>The languages that the page is written in.</summary>
    public IEnumerable<string> Languages => _assets.Keys.Select(path => LanguageFile().Match(path)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    /// <exception cref="InvalidDataException">The files do not fit together.</exception>
    public static Site Read(IFileProvider files)
    {
        var sources = Sources(files, "").OrderBy(file => file.Path, StringComparer.Ordinal).ToDictionary(file => file.Path, file => file.Bytes);
        var hash = Hashed(sources);
        string? Text(string path) => sources.TryGetValue(path, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

        var assets = new Dictionary<string, Asset>();
        foreach (var (path, bytes) in sources)
            if (Path.GetExtension(path) is ".svg" or ".png" or ".json" && ContentTypes.TryGetValue(Path.GetExtension(path), out var type)) assets[path] = new Asset(bytes, type);

        var pages = new Dictionary<string, string>();
        foreach (var path in sources.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)))
        {
            var name = path[..^".html".Length];
            var html = Text(path)!;
            foreach (Match script in Script().Matches(html)) Add($"{script.Groups["path"]}", Bundler.Bundle(script.Groups["path"].Value, Text));
            Add($"{name}.css", string.Concat(Style().Matches(html).Select(style => Text(style.Groups["path"].Value) ?? throw new InvalidDataException($"{path}: there is no {style.Groups["path"]}."))));
            pages[name] = Linked(html, name, hash);
        }
        foreach (var worker in sources.Keys.Where(path => path is "sw.js" or "manifest.webmanifest")) pages[worker] = Text(worker)!.Replace("{hash}", hash, StringComparison.Ordinal);
        return new Site(assets.ToFrozenDictionary(), pages.ToFrozenDictionary(), hash);

        void Add(string path, string text) => assets[path] = new Asset(Encoding.UTF8.GetBytes(text), ContentTypes[Path.GetExtension(path)]);
    }

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);

    /// <summary>A page for whoever comes by this base path, with the texts of their language on the way already.</summary>
    /// <param name="name">Such as <c>index</c>; or the whole name of a file that is served beside the pages.</param>
    /// <param name="language">Null for a page without texts.</param>
    public string Page(string name, PathString basePath, string? language) => _pages[name]
        .Replace("{home}", $"{basePath}/", StringComparison.Ordinal)
        .Replace("{language}", language, StringComparison.Ordinal);

    public void Prepare()
    {
        foreach (var asset in _assets.Values) asset.Prepare();
    }

    private static IEnumerable<(string Path, byte[] Bytes)> Sources(IFileProvider files, string folder)
    {
        foreach (var file in files.GetDirectoryContents(folder))
        {
            var path = folder.Length == 0 ? file.Name : $"{folder}/{file.Name}";
            if (file.IsDirectory)
            {
                foreach (var inside in Sources(files, path)) yield return inside;
                continue;
            }
            using var stream = file.CreateReadStream();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return (path, bytes);
        }
    }

    private static string Hashed(Dictionary<string, byte[]> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in sources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The page with the addresses of its scripts, styles, pictures and links as they are served: whole, for a page may lie anywhere below its home.</summary>
    private static string Linked(string html, string name, string hash)
    {
        var styles = Style().Matches(html);
        var linked = Style().Replace(html, match => match.Index == styles[0].Index ? $"""  <link rel="stylesheet" href="assets/{hash}/{name}.css">{"\n"}""" : "");
        linked = Script().Replace(linked, match => match.Groups["first"].Success
            ? $"""  <script type="module"{match.Groups["first"].Value} src="assets/{hash}/{match.Groups["path"].Value}"></script>{"\n"}"""
            : $"""
              <link rel="preload" href="assets/{hash}/lang/{"{language}"}.json" as="fetch" crossorigin>
              <script type="module" src="assets/{hash}/{match.Groups["path"].Value}"></script>

            """);
        linked = Picture().Replace(linked, match => $"""{match.Groups["attribute"].Value}="assets/{hash}/{match.Groups["path"].Value}" """.TrimEnd());
        return Address().Replace(linked, match => $$"""{{match.Groups["attribute"].Value}}="{home}{{match.Groups["path"].Value}}" """.TrimEnd());
    }

    /// <summary>The script of a page, and the one before it that says how everything looks before anything is drawn.</summary>
    [GeneratedRegex("""^  <script type="module"(?<first> blocking="render")? src="(?<path>[\w./-]+\.js)"></script>\n""", RegexOptions.Multiline)]
    private static partial Regex Script();

    [GeneratedRegex("""^  <link rel="stylesheet" href="(?<path>[\w./-]+\.css)">\n""", RegexOptions.Multiline)]
    private static partial Regex Style();

    [GeneratedRegex("(?<attribute>href|src|data-marked)=\"(?<path>[\\w/-]+\\.(?:svg|png))\"")]
    private static partial Regex Picture();

    /// <summary>An address that counts from the home: <c>./</c> is the home itself.</summary>
    [GeneratedRegex("(?<attribute>href|src|data-marked)=\"(?:\\./|(?=\\w))(?<path>[^\":]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex(@"^lang/([a-z-]+)\.json$")]
    private static partial Regex LanguageFile();
}
