using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Who people are, from the table that the journal keeps their records in.</summary>
internal sealed class Profiles(Database database) : IProfiles
{
    private const string Columns = $"number, name, kind, credential, colour, open_to_more, wins, losses, draws, challenges, {StoredRating.Columns}";

    public async ValueTask<Profile?> Find(Credential credential) => await database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM users WHERE credential = $credential";
        command.Parameters.AddWithValue("$credential", credential.Digest);
        using var rows = command.ExecuteReader();
        if (!rows.Read()) return null;

        var user = User(connection, rows);
        return new Profile(user.Name, user.Kind, user.Colour, user.OpenToMore, user.Tally) { Rating = user.Rating, Challenges = user.Challenges, Blocked = user.Blocked };
    });

    public async ValueTask<bool> Keep(User user)
    {
        try
        {
            await using var context = database.Context();
            await using var transaction = await context.Database.BeginTransactionAsync();
            if (await context.People.SingleOrDefaultAsync(known => known.Credential == user.Credential.Digest) is not { } row) return true; // A guest who has never played.

            (row.OpenToMore, row.Challenges) = (user.OpenToMore, (int)user.Challenges);
            await context.SaveChangesAsync();
            await context.Blocks.Where(block => block.User == row.Number).ExecuteDeleteAsync();
            context.Blocks.AddRange(user.Blocked.Select(block => new BlockRow { User = row.Number, Credential = block.Who.Digest, Name = block.Name.Text }));
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception problem) when (problem is DbUpdateException or SqliteException)
        {
            return false;
        }
    }

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
            if (rows.Read()) users.Add((wanted, User(connection, rows)));
        }
        return users;
    }

    private static User User(SqliteConnection connection, SqliteDataReader row) => new(
        StoredGame.Name(row.GetString(1)),
        (StoredKind)row.GetInt32(2) switch { StoredKind.Account => UserKind.Account, StoredKind.Bot => UserKind.Bot, _ => UserKind.Guest },
        new Credential(row.GetString(3)),
        DateTimeOffset.UnixEpoch)
    {
        Colour = row.IsDBNull(4) ? null : (DiscColour)row.GetInt32(4),
        OpenToMore = row.GetBoolean(5),
        Tally = new Tally(row.GetInt32(6), row.GetInt32(7), row.GetInt32(8)),
        Challenges = (ChallengePolicy)row.GetInt32(9),
        Rating = StoredRating.Read(row, 10),
        Blocked = Blocked(connection, row.GetInt64(0)),
    };

    private static ImmutableArray<Block> Blocked(SqliteConnection connection, long user)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT b.credential, coalesce(u.name, b.name) FROM blocks b LEFT JOIN users u ON u.credential = b.credential WHERE b.user = $user ORDER BY b.rowid";
        command.Parameters.AddWithValue("$user", user);
        using var rows = command.ExecuteReader();
        var blocked = ImmutableArray.CreateBuilder<Block>();
        while (rows.Read()) blocked.Add(new Block(new Credential(rows.GetString(0)), StoredGame.Name(rows.GetString(1))));
        return blocked.ToImmutable();
    }
}
