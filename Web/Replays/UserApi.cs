using System.Globalization;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web.Accounts;

namespace ConnectFour.Web.Replays;

/// <summary><c>/api/users</c>: what everybody may know of an account.</summary>
internal static class UserApi
{
    private const int UsualPage = 20;
    private const int LongestPage = 50;

    /// <summary>Points of a plot that anybody can look at.</summary>
    private const int LongestCourse = 1_000;

    public static void MapUsers(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{name}", Find).WithSummary("An account's record; for who is logged in, their record against it too.").Produces<UserAnswer>().ProducesProblem(404);
        api.MapGet("/users/{name}/ratings", Course).WithSummary("How an account's rating went, oldest first.").Produces<CourseAnswer>().ProducesProblem(404);
        api.MapGet("/leaderboard", Leaderboard).WithSummary("The 100 best accounts, best first.").Produces<LeaderboardAnswer>();
        api.MapGet("/users/{name}/games", Games).WithSummary("An account's games, newest first, 1 to 50 at a time; with result won, lost or drawn only those.").Produces<GamesAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> Find(string name, HttpContext context, AccountStore accounts, History history, Ratings ratings, ILobby lobby)
    {
        if (await Account(name, accounts) is not { } account) return Problems.NotFound("account");

        var online = await lobby.Find(account.Name) is { IsHere: true } user && user.Credential == account.Credential;
        var against = context.User.AccountNumber() is { } me && me != account.Number ? RecordAnswer.Of(await history.Between(me, account.Number)) : null;
        return Results.Json(new UserAnswer(account.Name.Text, Words.Of(account.Colour), account.RegisteredAt, online, RecordAnswer.Of(account.Tally), against,
            await ratings.Of(account.Number) is { } ranked ? RatingAnswer.Of(ranked) : null));
    }

    private static async Task<IResult> Course(string name, AccountStore accounts, Ratings ratings)
    {
        if (await Account(name, accounts) is not { } account) return Problems.NotFound("account");

        return Results.Json(CourseAnswer.Of(await ratings.Course(account.Number, LongestCourse)));
    }

    private static async Task<IResult> Leaderboard(Ratings ratings) => Results.Json(new LeaderboardAnswer([.. (await ratings.Best()).Select(ranked => new RankedAnswer(
        ranked.Rank, ranked.Name.Text, Math.Round(ranked.Rating.Value, 1), Math.Round(ranked.Rating.Deviation, 1), ranked.Rating.IsProvisional, ranked.Games))]));

    private static async Task<IResult> Games(string name, string? before, string? limit, string? result, AccountStore accounts, History history, IGameJournal journal)
    {
        if (!TryNumber(before, long.MaxValue, out var key) || !TryNumber(limit, LongestPage, out var most))
            return Problems.BadRequest("bad_page", $"before is the next of the page before, and limit 1 to {LongestPage}.");
        if (Filter(result) is not { } filter) return Problems.BadRequest("bad_page", "result is won, lost or drawn.");
        if (await Account(name, accounts) is not { } account) return Problems.NotFound("account");

        var page = await history.Of(account.Number, key, (int)(most ?? UsualPage), filter);
        return Results.Json(new GamesAnswer(await page.Entries(journal), page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The games of a page, with the plies of those that run.</summary>
    public static async Task<IReadOnlyList<GameListEntry>> Entries(this HistoryPage page, IGameJournal journal)
    {
        var games = new List<GameListEntry>(page.Games.Length);
        foreach (var game in page.Games)
        {
            var plies = game.EndedAt is null && await journal.Recall(game.Game) is { } running ? running.Moves.Plies : game.Plies;
            games.Add(GameListEntry.Of(game with { Plies = plies }));
        }
        return games;
    }

    private static async Task<AccountProfile?> Account(string text, AccountStore accounts) => UserName.TryFrom(text, out var name) ? await accounts.Find(name) : null;

    private static HistoryFilter? Filter(string? result) => result switch
    {
        null => HistoryFilter.All,
        "won" => HistoryFilter.Won,
        "lost" => HistoryFilter.Lost,
        "drawn" => HistoryFilter.Drawn,
        _ => null,
    };

    /// <summary>A whole number from 1 to <paramref name="most"/>, or nothing at all.</summary>
    private static bool TryNumber(string? text, long most, out long? number)
    {
        number = null;
        if (text is null) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1 || value > most) return false;
        number = value;
        return true;
    }
}
