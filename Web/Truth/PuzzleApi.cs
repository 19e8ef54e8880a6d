using System.Globalization;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Engine;

namespace ConnectFour.Web.Truth;

/// <param name="Id">What the answer is sent to.</param>
/// <param name="WinsIn">How many discs whoever is to move needs, the next one included.</param>
internal sealed record PuzzleAnswer(int Id, string Moves, string Difficulty, int WinsIn);

internal sealed record SolutionRequest(int Column);

/// <param name="Column">The one that wins.</param>
internal sealed record SolutionAnswer(bool Right, int Column);

/// <summary><c>/api/puzzles</c>: positions in which one column wins and no other.</summary>
internal static class PuzzleApi
{
    private static readonly ILookup<string, int> ByDifficulty = Enumerable.Range(0, Puzzle.All.Length).ToLookup(id => Word(Puzzle.All[id].Difficulty));

    public static void MapPuzzles(this RouteGroupBuilder api)
    {
        api.MapGet("/puzzles", Pick).WithSummary("A puzzle, easy, medium or hard.").Produces<PuzzleAnswer>().ProducesProblem(400);
        api.MapPost("/puzzles/{id}", Solve).WithSummary("Whether a column solves the puzzle.").Produces<SolutionAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    private static IResult Pick(string? difficulty, IRandomness randomness)
    {
        int[] ids = [.. ByDifficulty[difficulty ?? "easy"]];
        if (ids.Length == 0) return Problems.BadRequest("bad_difficulty", "The difficulty is easy, medium or hard.");

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        randomness.Fill(bytes);
        var id = ids[BitConverter.ToUInt32(bytes) % ids.Length];
        var puzzle = Puzzle.All[id];
        return Results.Json(new PuzzleAnswer(id, puzzle.Moves.ToString(), Word(puzzle.Difficulty), puzzle.WinsIn));
    }

    private static IResult Solve(string id, SolutionRequest request)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= Puzzle.All.Length) return Problems.NotFound("puzzle");
        if (!Column.IsValid(request.Column)) return Problems.BadRequest("bad_column", "Columns are 1 to 7.");

        var solution = Puzzle.All[number].Solution.Number;
        return Results.Json(new SolutionAnswer(request.Column == solution, solution));
    }

    private static string Word(Difficulty difficulty) => difficulty switch
    {
        Difficulty.Easy => "easy",
        Difficulty.Medium => "medium",
        Difficulty.Hard => "hard",
    };
}
