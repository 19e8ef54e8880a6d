namespace ConnectFour.Web;

/// <summary>The addresses of the pages besides the first one; which game or user it is about, the page reads from its own address.</summary>
internal static class Pages
{
    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFallbackToFile("/join/{name}/{key}", "index.html");
        endpoints.MapFallbackToFile("/game/{id}", "game.html");
        endpoints.MapFallbackToFile("/user/{name}", "user.html");
        endpoints.MapFallbackToFile("/leaderboard", "leaderboard.html");
        endpoints.MapFallbackToFile("/account", "account.html");
        endpoints.MapFallbackToFile("/replay", "replay.html");
    }
}
