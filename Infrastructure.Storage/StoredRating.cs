using System.Data.Common;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Reads a rating from four columns of table <c>users</c>.</summary>
internal static class StoredRating
{
    public const string Columns = "rating, deviation, volatility, rated_at";

    /// <summary>Null before the first rated game.</summary>
    /// <param name="first">The position of the first of the columns.</param>
    public static Rating? Read(DbDataReader row, int first) => row.IsDBNull(first) ? null : new Rating(
        row.GetDouble(first), row.GetDouble(first + 1), row.GetDouble(first + 2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 3)));
}
