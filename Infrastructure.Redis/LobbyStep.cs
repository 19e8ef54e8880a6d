using System.Globalization;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>What leads from one version of the lobby to the next, as it is published: <c>epoch version before mark json</c>.</summary>
/// <param name="Before">The mark of the version before.</param>
/// <param name="Mark">Tells this version from another of the same number: Redis that has forgotten some gives their numbers again.</param>
internal sealed record LobbyStep(string Epoch, long Version, string Before, string Mark, string Json)
{
    /// <exception cref="FormatException">It is nothing of the kind.</exception>
    public static LobbyStep Parse(string text) => text.Split(' ', 5) is [var epoch, var version, var before, var mark, var json]
        ? new(epoch, long.Parse(version, CultureInfo.InvariantCulture), before, mark, json)
        : throw new FormatException("Nobody publishes this in the lobby.");

    /// <summary>As the log has it.</summary>
    public static LobbyStep Parse(string epoch, string before, StreamEntry entry) =>
        new(epoch, long.Parse(entry.Id.ToString().Split('-')[0], CultureInfo.InvariantCulture), before, entry["mark"].ToString(), entry["m"].ToString());
}
