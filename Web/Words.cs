using System.Diagnostics.CodeAnalysis;
using ConnectFour.Domain;

namespace ConnectFour.Web;

/// <summary>The domain's small sets as the HTTP API writes them, which is as the protocol does.</summary>
internal static class Words
{
    public static string Of(DiscColour colour) => colour.ToString().ToLowerInvariant();

    public static string? Of(DiscColour? colour) => colour is { } known ? Of(known) : null;

    public static string Of(ChallengePolicy policy) => policy.ToString().ToLowerInvariant();

    /// <param name="kind">Null for a deleted account.</param>
    public static string Of(UserKind? kind) => kind?.ToString().ToLowerInvariant() ?? "deleted";

    public static bool TryColour(string text, [NotNullWhen(true)] out DiscColour? colour)
    {
        colour = Enum.GetValues<DiscColour>().Where(known => Of(known) == text).Select(known => (DiscColour?)known).FirstOrDefault();
        return colour is not null;
    }
}
