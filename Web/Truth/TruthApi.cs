using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Engine;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Accounts;

namespace ConnectFour.Web.Truth;

/// <summary><c>/api/games/{id}/report</c> and <c>/api/analysis</c>: what perfect play says.</summary>
internal static class TruthApi
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    public static void AddTruth(this IServiceCollection services, EngineSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(_ => new Solver(new SolverOptions { TableMegabytes = settings.TableMegabytes })) // Its table is made when somebody asks.
        .AddSingleton<Desk>()
        .AddSingleton<GamesInPlay>()
        .AddSingleton<IAudience>(provider => provider.GetRequiredService<GamesInPlay>());

    public static void MapTruth(this RouteGroupBuilder api)
    {
        api.MapGet("/games/{id}/report", Report).WithSummary("A finished game beside perfect play, move by move.").Produces<ReportAnswer>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapGet("/analysis", Analyse).WithSummary("What each column is worth after these moves; not of a game that is being played.")
            .Produces<AnalysisAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(503);
    }

    private static async Task<IResult> Report(string id, HttpContext context, IGameJournal journal, GamesInPlay inPlay, IProfiles profiles, Reports reports, Solver solver, Desk desk)
    {
        if (await journal.Find(new GameId(id)) is not { } game) return Problems.NotFound("game");
        if (game.Outcome is null) return Problems.Conflict("game_is_running", "This game has not ended yet.");
        if (inPlay.Concern(game.Moves, game.Opening.Plies, await Asker(context, profiles))) return InPlay();
        if (await reports.Find(game.Id) is { } known) return Results.Json(ReportAnswer.Of(GameReport.Read(game.Moves, game.Opening.Plies, known)));

        var cancellation = context.RequestAborted;
        if (await desk.Ask(ClientAddress.Of(context), () => GameReport.Of(game.Moves, game.Opening.Plies, solver, cancellation), cancellation) is not { } report) return Busy(context);

        await reports.Keep(game.Id, report.Write());
        return Results.Json(ReportAnswer.Of(report));
    }

    private static async Task<IResult> Analyse(string? moves, HttpContext context, GamesInPlay inPlay, IProfiles profiles, Solver solver, Desk desk, EngineSettings settings)
    {
        if (!Notation.TryFrom(moves ?? "", out var notation, out var problem)) return Problems.BadRequest("bad_moves", problem!);

        if (inPlay.Concern(notation.Board, await Asker(context, profiles))) return InPlay();

        var cancellation = context.RequestAborted;
        return await desk.Ask(ClientAddress.Of(context), () => solver.Analyse(notation.Board, settings.Nodes, cancellation: cancellation), cancellation) is { } analysis
            ? Results.Json(AnalysisAnswer.Of(notation, analysis))
            : Busy(context);
    }

    private static async ValueTask<UserName?> Asker(HttpContext context, IProfiles profiles) =>
        context.User.AccountNumber() is { } account ? (await profiles.Find(Credential.Of(account)))?.Name : null;

    private static IResult InPlay() => Problems.Forbidden("position_in_play", "Somebody is playing this position right now. Ask again when the game is over.");

    private static IResult Busy(HttpContext context) => Problems.Later(context, StatusCodes.Status503ServiceUnavailable, "busy", "Too many questions wait already. Ask again in a moment.", ComeBack);
}
