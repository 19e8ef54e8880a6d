using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Who people are, from the table that the journal keeps their records in.</summary>
internal sealed class Profiles(Database database) : IProfiles
{
    private const string Columns = "number, name, kind, credential, colour, open_to_more, wins, losses, draws";

    public async ValueTask<Profile?> Find(Credential credential) => await database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM users WHERE credential = $credential";
        command.Parameters.AddWithValue("$credential", credential.Digest);
        using var rows = command.ExecuteReader();
        if (!rows.Read()) return null;

        var user = User(rows);
        return new Profile(user.Name, user.Kind, user.Colour, user.OpenToMore, user.Tally);
    });

    public ValueTask<bool> Keep(User user) => new(true);

    public ValueTask<bool> IsRegistered(UserName name) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM users WHERE name = $name AND kind = {(int)StoredKind.Account})";
        command.Parameters.AddWithValue("$name", name.Text);
        return (long)command.ExecuteScalar()! == 1;
    });

    /// <summary>These users, as they are known; those whose account is deleted are nobody.</summary>
    public static IReadOnlyList<(long Number, User User)> Read(SqliteConnection connection, IEnumerable<long> numbers)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM users WHERE number = $number AND credential IS NOT NULL";
        var number = command.Parameters.Add("$number", SqliteType.Integer);
        var users = new List<(long, User)>();
        foreach (var wanted in numbers)
        {
            number.Value = wanted;
            using var rows = command.ExecuteReader();
            if (rows.Read()) users.Add((wanted, User(rows)));
        }
        return users;
    }

    private static User User(SqliteDataReader row) => new(
        StoredGame.Name(row.GetString(1)),
        (StoredKind)row.GetInt32(2) switch { StoredKind.Account => UserKind.Account, StoredKind.Bot => UserKind.Bot, _ => UserKind.Guest },
        new Credential(row.GetString(3)),
        DateTimeOffset.UnixEpoch)
    {
        Colour = row.IsDBNull(4) ? null : (DiscColour)row.GetInt32(4),
        OpenToMore = row.GetBoolean(5),
        Tally = new Tally(row.GetInt32(6), row.GetInt32(7), row.GetInt32(8)),
    };
}
