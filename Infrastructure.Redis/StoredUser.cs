using System.Globalization;
using ConnectFour.Infrastructure.Redis.Wire;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>A user as the hash has them: <c>version partner json</c>. The first two stand before the rest so that a script need not understand it.</summary>
internal static class StoredUser
{
    /// <summary>Names that differ only in case are one.</summary>
    public static string Field(UserName name) => name.Text.ToUpperInvariant();

    public static string Partner(User user) => user.Partner is { } partner ? Field(partner) : "-";

    public static string Value(User user, long version) => string.Create(CultureInfo.InvariantCulture, $"{version} {Partner(user)} {UserCodec.Encode(user)}");

    /// <exception cref="FormatException">It is no such value.</exception>
    public static (User User, long Version) Read(string value) => value.Split(' ', 3) is [var version, _, var json] && long.TryParse(version, CultureInfo.InvariantCulture, out var number)
        ? (UserCodec.Decode(json), number)
        : throw new FormatException("Redis has something else where a user should be.");
}
