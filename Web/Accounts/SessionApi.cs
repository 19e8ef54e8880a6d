using ConnectFour.Application.UseCases;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;
using MediatR;

namespace ConnectFour.Web.Accounts;

/// <summary><c>/api/session</c>: logging in and out.</summary>
internal static class SessionApi
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/session", Current).WithSummary("Who is logged in on this browser; account is null for nobody.").Produces<SessionAnswer>();
        api.MapPost("/session", LogIn).WithSummary("Logs in.").RequireRateLimiting(Limits.Passwords).Produces<AccountAnswer>().ProducesProblem(401);
        api.MapDelete("/session", LogOut).WithSummary("Logs out here.").Produces(204);
        api.MapDelete("/sessions", LogOutEverywhere).WithSummary("Logs out on all browsers.").Produces(204);
    }

    private static async Task<IResult> Current(HttpContext context, AccountStore accounts) =>
        Results.Json(new SessionAnswer(context.User.AccountNumber() is { } number && await accounts.Find(number) is { } account ? AccountAnswer.Of(account) : null));

    private static async Task<IResult> LogIn(LoginRequest login, HttpContext context, AccountStore accounts, LoginThrottle throttle, AccountLog log)
    {
        if (!UserName.TryFromTaken(login.Name, out var name)) return Wrong();
        return await PasswordGate.Pass(context, name, async () =>
        {
            if (await accounts.Verify(name.Text, login.Password) is not { } account)
            {
                throttle.Failed(name, ClientAddress.Of(context));
                log.Failed();
                return Wrong();
            }

            throttle.Succeeded(name, ClientAddress.Of(context));
            if (context.User.AccountNumber() is { } before && await accounts.Find(before) is { } left) context.CloseSockets(left.Name);
            if (!await context.LogIn(account.Number)) return Wrong();
            log.LoggedIn(account.Name.Text);
            return Results.Json(AccountAnswer.Of(account));
        });
    }

    private static async Task<IResult> LogOut(HttpContext context, AccountStore accounts, IMediator mediator, AccountLog log)
    {
        await context.LogOut();
        if (context.User.AccountNumber() is not { } number || await accounts.Find(number) is not { } account) return Results.NoContent();

        await mediator.Send(new LogOutCommand(account.Name));
        log.LoggedOut(account.Name.Text);
        return Results.NoContent();
    }

    private static async Task<IResult> LogOutEverywhere(HttpContext context, AccountStore accounts, SessionStore sessions, IMediator mediator, AccountLog log)
    {
        if (context.User.AccountNumber() is not { } number || await accounts.Find(number) is not { } account) return Problems.NotLoggedIn();

        await sessions.EndAll(number);
        await context.LogOut();
        await mediator.Send(new LogOutCommand(account.Name));
        log.LoggedOut(account.Name.Text);
        return Results.NoContent();
    }

    /// <summary>The same words whether the name or the password is wrong.</summary>
    private static IResult Wrong() => Problems.Unauthorized("wrong_login", "This name and this password do not belong together.");
}
