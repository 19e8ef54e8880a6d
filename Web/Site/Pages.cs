namespace ConnectFour.Web.Site;

/// <summary>The addresses of the pages; which game or user it is about, the page reads from its own address.</summary>
internal static class Pages
{
    private static readonly (string Address, string Page)[] Addresses =
    [
        ("/", "index"),
        ("/join/{name}/{key}", "index"),
        ("/game/{id}", "game"),
        ("/user/{name}", "user"),
        ("/leaderboard", "leaderboard"),
        ("/account", "account"),
        ("/replay", "replay"),
        ("/local", "local"),
        ("/analysis", "analysis"),
        ("/puzzles", "puzzles"),
    ];

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What a refusal without a word of its own says: a page to people who came where nothing is, problem details to everybody else.</summary>
    public static void UseRefusals(this IApplicationBuilder app) => app.UseStatusCodePages(async refusal =>
    {
        var context = refusal.HttpContext;
        if (context.Response.StatusCode == StatusCodes.Status404NotFound && IsForPeople(context.Request))
            await context.RequestServices.GetRequiredService<SiteFiles>().Missing(context).ExecuteAsync(context);
        else
            await Problems.Refusal(context.Response.StatusCode).ExecuteAsync(context);
    });

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        foreach (var (address, page) in Addresses) endpoints.MapMethods(address, Methods, (HttpContext context, SiteFiles files) => files.Page(page, context)).ExcludeFromDescription();
        endpoints.MapMethods("/assets/{hash}/{**path}", Methods, (string hash, string path, HttpContext context, SiteFiles files) => files.Asset(hash, path, context)).ExcludeFromDescription();
        endpoints.MapMethods("/sw.js", Methods, (HttpContext context, SiteFiles files) => files.Page("sw.js", context, "text/javascript; charset=utf-8")).ExcludeFromDescription();
        endpoints.MapMethods("/manifest.webmanifest", Methods, (HttpContext context, SiteFiles files) => files.Page("manifest.webmanifest", context, "application/manifest+json; charset=utf-8")).ExcludeFromDescription();
    }

    private static bool IsForPeople(HttpRequest request) =>
        Methods.Contains(request.Method) && !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
