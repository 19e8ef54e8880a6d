using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web.Replays;

/// <summary><c>/api/games</c> and <c>/api/replays</c>: games to step through, and their records.</summary>
internal static class ReplayApi
{
    public static void MapReplays(this RouteGroupBuilder api)
    {
        api.MapGet("/games/{id}", Find).WithSummary("A game, running or finished.").Produces<GameAnswer>().ProducesProblem(404);
        api.MapGet("/games/{id}/record", Download).WithSummary("A finished game's record, as a file.").Produces<string>(200, "text/plain").ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/replays", Replay).WithSummary("The game of a record.").Produces<GameAnswer>().ProducesProblem(400);
    }

    private static async Task<IResult> Find(string id, IGameJournal journal, History history)
    {
        var events = await journal.Read(new GameId(id));
        if (events.IsEmpty) return Problems.NotFound("game");

        var entry = await history.Find(new GameId(id));
        return Results.Json(GameAnswer.Of(GameRecord.From(events), events.Length, entry?.First.Kind, entry?.Second.Kind));
    }

    private static async Task<IResult> Download(string id, HttpContext context, IGameJournal journal)
    {
        var events = await journal.Read(new GameId(id));
        if (events.IsEmpty) return Problems.NotFound("game");
        if (events[^1] is not GameEvent.Ended) return Problems.Conflict("game_is_running", "This game has not ended yet.");

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"connect-four-{events.OfType<GameEvent.Started>().Single().Game}.txt\"";
        return Results.Text(GameRecord.From(events).ToString());
    }

    private static IResult Replay(ReplayRequest request)
    {
        if (!GameRecord.TryParse(request.Record, out var record, out var problem)) return Problems.BadRequest("bad_record", problem);

        // Its start, its moves and its end: no record tells how often a server was away.
        var version = record.Moves.Plies - record.Opening.Plies + (record.Outcome is null ? 1 : 2);
        return Results.Json(GameAnswer.Of(record, version, Kind(record.First), Kind(record.Second)));
    }

    /// <summary>Who has an account is known of our own games only.</summary>
    private static UserKind? Kind(Seat seat) => seat.Name == UserName.Deleted ? null : UserKind.Guest;
}
