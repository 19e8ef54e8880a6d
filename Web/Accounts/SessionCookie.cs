using Microsoft.AspNetCore.Authentication.Cookies;

namespace ConnectFour.Web.Accounts;

/// <summary>
/// The name of the session cookie. Over HTTPS it is one that browsers accept from this host alone and never send in the clear; over plain HTTP, where there is no such protection,
/// another, so that neither is ever taken for the other.
/// </summary>
internal sealed class SessionCookie : ICookieManager
{
    public const string Secure = "__Host-connect-four";
    public const string Plain = "connect-four";

    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Name(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, Name(context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, Name(context), options);

    private static string Name(HttpContext context) => context.Request.IsHttps ? Secure : Plain;
}
