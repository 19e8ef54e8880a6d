using System.ComponentModel.DataAnnotations;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.WebSockets;

namespace ConnectFour.Web;

/// <summary>Reads the settings under <c>ConnectFour</c>. One that is out of range stops the start.</summary>
internal static class Settings
{
    public static LobbyRules LobbyRules(this IConfiguration configuration)
    {
        var rules = configuration.GetSection("ConnectFour:Lobby").Get<LobbyRules>() ?? new LobbyRules();
        Require(rules.InvitationLifetime > TimeSpan.Zero, "ConnectFour:Lobby:InvitationLifetime is above zero.");
        Require(rules.Grace >= TimeSpan.Zero && rules.GraceAfterLeaving >= TimeSpan.Zero && rules.GraceWithoutGame >= TimeSpan.Zero,
            "A grace period under ConnectFour:Lobby is not negative.");
        Require(rules.MaxGames >= 1 && rules.MaxConnections >= 1, "ConnectFour:Lobby:MaxGames and MaxConnections are at least 1.");
        return rules;
    }

    public static WebSocketLimits WebSocketLimits(this IConfiguration configuration)
    {
        var limits = configuration.GetSection("ConnectFour:Limits").Get<WebSocketLimits>() ?? new WebSocketLimits();
        Validator.ValidateObject(limits, new ValidationContext(limits), validateAllProperties: true);
        return limits;
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition) throw new ValidationException(rule);
    }
}
