using System.Net;
using System.Net.Http.Json;

namespace ConnectFour.Hostile;

/// <summary>What one asks for over HTTP to have an account.</summary>
internal static class Accounts
{
    public const string Password = "correct horse battery";

    /// <summary>Registers, if need be after those who are before them.</summary>
    public static async Task Register(HttpClient http, string name)
    {
        HttpResponseMessage? answer = null;
        await Condition.Holds(async () => (answer = await TryRegister(http, name)).StatusCode != HttpStatusCode.ServiceUnavailable);
        answer!.EnsureSuccessStatusCode();
    }

    public static Task<HttpResponseMessage> TryRegister(HttpClient http, string name) => http.PostAsJsonAsync("/api/account", new { name, password = Password });

    public static Task<HttpResponseMessage> LogIn(HttpClient http, string name, string password = Password) => http.PostAsJsonAsync("/api/session", new { name, password });
}
