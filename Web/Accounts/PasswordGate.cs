using ConnectFour.Domain;
using ConnectFour.Infrastructure.WebSockets;

namespace ConnectFour.Web.Accounts;

/// <summary>Everything that is asked before a password is looked at: each look costs half a second of a core.</summary>
internal static class PasswordGate
{
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(2);

    /// <summary>Refuses, or goes on; whoever goes on too fast for the server is asked to come back.</summary>
    /// <param name="name">Whose password is tried; null where one is set and none tried.</param>
    public static async Task<IResult> Pass(HttpContext context, UserName? name, Func<Task<IResult>> next)
    {
        if (!context.Request.IsHttps && !MayBePlain(context))
            return Problems.Forbidden("https_needed", "Passwords are taken over HTTPS only. Whoever runs this server can allow plain HTTP by the setting ConnectFour:Accounts:PlainHttp.");
        var refusals = context.RequestServices.GetRequiredService<PasswordRefusals>();
        if (name is not null && context.RequestServices.GetRequiredService<LoginThrottle>().Wait(name, ClientAddress.Of(context)) is var wait && wait > TimeSpan.Zero)
        {
            refusals.Refuse(PasswordRefusals.PerAccount);
            return Problems.Later(context, StatusCodes.Status429TooManyRequests, "too_many_attempts", "Too many wrong passwords: wait a moment.", wait);
        }
        // Before anything is looked up: a crowd that is waiting must cost nothing.
        using var turn = await context.RequestServices.GetRequiredService<PasswordTurns>().Take(context.RequestAborted);
        if (turn.IsAcquired) return await next();

        refusals.Refuse(PasswordRefusals.AtOnce);
        return Problems.Later(context, StatusCodes.Status503ServiceUnavailable, "busy", "Many people are logging in at the moment. Try again in a few seconds.", BusyFor);
    }

    private static bool MayBePlain(HttpContext context) =>
        context.RequestServices.GetRequiredService<AccountSettings>().PlainHttp ?? context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
