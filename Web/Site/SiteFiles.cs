using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ConnectFour.Web.Site;

/// <summary>Serves the pages and what they load. In development a changed file is there at the next reload.</summary>
internal sealed class SiteFiles
{
    private const string DefaultLanguage = "en";
    private const string Html = "text/html; charset=utf-8";

    private readonly IFileProvider _files;
    private readonly bool _mayChange;
    private readonly Lock _lock = new();
    private (Site Site, DateTimeOffset At, int Count) _current;

    public SiteFiles(IWebHostEnvironment environment)
    {
        (_files, _mayChange) = (environment.WebRootFileProvider, environment.IsDevelopment());
        _current = Read();
        _ = Task.Run(_current.Site.Prepare);
    }

    public Site Site
    {
        get
        {
            if (!_mayChange) return _current.Site;
            lock (_lock)
            {
                var (at, count) = Latest(_files, "");
                if (at != _current.At || count != _current.Count) _current = Read();
                return _current.Site;
            }
        }
    }

    /// <summary>A page: asked for anew each time, and sent only if it has changed.</summary>
    public IResult Page(string name, HttpContext context, string contentType = Html)
    {
        var (site, headers) = (Site, context.Request.GetTypedHeaders());
        var language = Language(site, headers);
        context.Response.Headers.Vary = $"{HeaderNames.AcceptLanguage}, {HeaderNames.AcceptEncoding}";
        var tag = new EntityTagHeaderValue($"\"{site.Hash}-{language}{(context.Request.PathBase.HasValue ? "-base" : "")}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        if (headers.IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))) return Results.StatusCode(StatusCodes.Status304NotModified);

        return Sent(Written(site.Page(name, context.Request.PathBase, language), contentType), context);
    }

    /// <summary>The page that says that there is none, with the status that says so too.</summary>
    public IResult Missing(HttpContext context)
    {
        var site = Site;
        context.Response.Headers.Vary = $"{HeaderNames.AcceptLanguage}, {HeaderNames.AcceptEncoding}";
        return Sent(Written(site.Page("missing", context.Request.PathBase, Language(site, context.Request.GetTypedHeaders())), Html), context);
    }

    /// <summary>What lies in the folder of this hash: it never changes.</summary>
    public IResult Asset(string hash, string path, HttpContext context)
    {
        var site = Site;
        if (hash != site.Hash || site.Find(path) is not { } asset) return Problems.NotFound("file");

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        return Sent(asset, context);
    }

    private static Asset Written(string text, string contentType) => new(System.Text.Encoding.UTF8.GetBytes(text), contentType);

    private static IResult Sent(Asset asset, HttpContext context)
    {
        var (bytes, encoding) = asset.For(context.Request);
        if (encoding is not null) context.Response.Headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, asset.ContentType);
    }

    private (Site, DateTimeOffset, int) Read()
    {
        var (at, count) = Latest(_files, "");
        return (Site.Read(_files), at, count);
    }

    /// <summary>The first of the browser's languages that we have.</summary>
    private static string Language(Site site, RequestHeaders headers)
    {
        var known = site.Languages.ToHashSet();
        return headers.AcceptLanguage.OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => wanted.Value.Value?.Split('-')[0] ?? "")
            .FirstOrDefault(known.Contains) ?? DefaultLanguage;
    }

    private static (DateTimeOffset At, int Count) Latest(IFileProvider files, string folder)
    {
        var (at, count) = (DateTimeOffset.MinValue, 0);
        foreach (var file in files.GetDirectoryContents(folder))
        {
            var (latest, more) = file.IsDirectory ? Latest(files, $"{folder}/{file.Name}") : (file.LastModified, 1);
            (at, count) = (latest > at ? latest : at, count + more);
        }
        return (at, count);
    }
}
