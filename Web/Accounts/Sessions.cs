using System.Globalization;
using System.Security.Claims;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Schema;
using ConnectFour.Infrastructure.WebSockets;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace ConnectFour.Web.Accounts;

/// <summary>Who is logged in on a browser: a cookie that names the account and the session, and the session itself on the server, so that one that was ended is over for every copy of its cookie.</summary>
internal static class Sessions
{
    private const string Scheme = "session";
    private const string KeyClaim = "session";

    public static void AddSessions(this IServiceCollection services, AccountSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<LoginThrottle>().AddSingleton<PasswordTurns>().AddSingleton<PasswordRefusals>().AddSingleton<AccountLog>().AddSingleton<ILogins, Logins>();
        services.AddDataProtection().SetApplicationName("ConnectFour").PersistKeysToDbContext<StorageContext>();
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = "/";
            options.CookieManager = new SessionCookie();
            options.ExpireTimeSpan = settings.IdleSession;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = Validate;
        });
    }

    /// <summary>Begins a session of its own for this login, and ends the one that the browser had before, if any.</summary>
    /// <returns>False if the account has been deleted meanwhile.</returns>
    public static async Task<bool> LogIn(this HttpContext context, long account)
    {
        await context.EndSession();
        if (await context.Store().Begin(account, context.RequestServices.GetRequiredService<AccountSettings>().LongestSession) is not { } key) return false;
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.ToString(CultureInfo.InvariantCulture)), new(KeyClaim, key)], Scheme);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
        return true;
    }

    /// <summary>Ends this session, if there is one.</summary>
    public static async Task LogOut(this HttpContext context)
    {
        await context.EndSession();
        await context.SignOutAsync(Scheme);
    }

    /// <summary>
    /// Closes the sockets of an account once the answer is on its way: the browser that asks for it gets another cookie with the answer, and would come back with the old one.
    /// </summary>
    public static void CloseSockets(this HttpContext context, UserName name)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        context.Response.OnCompleted(() => mediator.Send(new LogOutCommand(name)));
    }

    /// <summary>Whose session it is, or null for nobody's.</summary>
    public static long? AccountNumber(this ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task EndSession(this HttpContext context)
    {
        if (context.User.FindFirstValue(KeyClaim) is { } key) await context.Store().End(key);
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } visitor && await context.HttpContext.Store().Account(visitor) is not null) return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    /// <summary>Whose session it is, if it is not over.</summary>
    private static async Task<long?> Account(this SessionStore sessions, ClaimsPrincipal visitor) =>
        visitor.AccountNumber() is { } account && visitor.FindFirstValue(KeyClaim) is { } key && await sessions.Holds(key, account) ? account : null;

    private static SessionStore Store(this HttpContext context) => context.RequestServices.GetRequiredService<SessionStore>();

    /// <summary>For sockets: a session may end while one is open.</summary>
    private sealed class Logins(SessionStore sessions) : ILogins
    {
        // On another thread, since SQLite has no asynchronous calls, and a socket's loop must not wait for a disk.
        public async ValueTask<Credential?> Find(ClaimsPrincipal visitor)
        {
            try
            {
                return await Task.Run(() => sessions.Account(visitor)) is { } account ? Credential.Of(account) : null;
            }
            catch (Exception problem) when (StorageTrouble.MayPass(problem))
            {
                throw new StoreAwayException(problem);
            }
        }
    }
}
