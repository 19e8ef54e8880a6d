using Microsoft.AspNetCore.Mvc;

namespace ConnectFour.Web;

/// <summary>Errors of the HTTP API as problem details: a code for programs, a sentence for people.</summary>
internal static class Problems
{
    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    public static IResult BadRequest(string code, string detail) => Problem(StatusCodes.Status400BadRequest, code, detail);

    public static IResult Conflict(string code, string detail) => Problem(StatusCodes.Status409Conflict, code, detail);

    public static IResult Forbidden(string code, string detail) => Problem(StatusCodes.Status403Forbidden, code, detail);

    public static IResult Unauthorized(string code, string detail) => Problem(StatusCodes.Status401Unauthorized, code, detail);

    public static IResult NotLoggedIn() => Unauthorized("not_logged_in", "Log in first.");

    /// <summary>What can be asked again after a while.</summary>
    public static IResult Later(HttpContext context, int status, string code, string detail, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problem(status, code, detail);
    }

    /// <summary>Says what the framework leaves out of an answer of its own: the code, and the sentence.</summary>
    public static void Complete(ProblemDetails problem)
    {
        if (problem.Extensions.ContainsKey("code")) return;

        (problem.Extensions["code"], problem.Detail) = problem.Status switch
        {
            StatusCodes.Status400BadRequest => ("bad_request", "The request is not understood: something in it is missing, unknown, repeated or of the wrong kind."),
            StatusCodes.Status404NotFound => ("not_found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "This address does not take such a request."),
            StatusCodes.Status413PayloadTooLarge => ("too_big", "The request is too big."),
            StatusCodes.Status415UnsupportedMediaType => ("not_json", "Send JSON."),
            < StatusCodes.Status500InternalServerError => ("bad_request", "The request cannot be answered."),
            _ => ("failed", "Something went wrong on the server."),
        };
    }

    /// <summary>What a status says by itself: complete, because the framework completes nothing for whoever does not name JSON among what they take.</summary>
    public static IResult Refusal(int status)
    {
        var problem = new ProblemDetails { Status = status };
        Complete(problem);
        return Results.Problem(problem);
    }

    public static IResult Problem(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
