using System.Collections.Immutable;
using System.Data.Common;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Who people are, from the table that the journal keeps their records in.</summary>
internal sealed class Profiles(IDatabase database) : IProfiles
{
    private const string Columns = $"number, name, kind, credential, colour, open_to_more, wins, losses, draws, challenges, {StoredRating.Columns}";

    public async ValueTask<Profile?> Find(Credential credential)
    {
        var found = await database.Read(connection => People(connection, "credential = @credential", _ => true, ("@credential", credential.Digest)));
        return found is [var (_, user)] ? new Profile(user.Name, user.Kind, user.Colour, user.OpenToMore, user.Tally) { Rating = user.Rating, Challenges = user.Challenges, Blocked = user.Blocked } : null;
    }

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
            await Block(context, row.Number, user.Blocked);
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception problem) when (problem is DbUpdateException or DbException || StorageTrouble.MayPass(problem))
        {
            return false;
        }
    }

    public async ValueTask<bool> IsRegistered(UserName name) => await database.Read(async connection =>
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM users WHERE name = @name AND kind = {(int)StoredKind.Account}";
        command.Add("@name", name.Text);
        return await command.ExecuteScalarAsync() is 1L;
    });

    /// <summary>In one statement, whose rows are stored in their order: what a context saves, it sorts.</summary>
    private static async Task Block(StorageContext context, long user, ImmutableArray<Block> blocked)
    {
        if (blocked.IsEmpty) return;
        var rows = string.Join(", ", blocked.Select((_, place) => $"({{0}}, {{{2 * place + 1}}}, {{{2 * place + 2}}})"));
        var insert = $"""INSERT INTO blocks ("user", credential, name) VALUES {rows}""";
        await context.Database.ExecuteSqlRawAsync(insert, [user, .. blocked.SelectMany(block => (object[])[block.Who.Digest, block.Name.Text])]);
    }

    /// <summary>Those of the players of running games who are wanted, as they are known; those whose account is deleted are nobody.</summary>
    public static Task<IReadOnlyList<(long Number, User User)>> Playing(DbConnection connection, Func<long, bool> isWanted) => People(
        connection, "credential IS NOT NULL AND number IN (SELECT first FROM games WHERE ended_at IS NULL UNION ALL SELECT second FROM games WHERE ended_at IS NULL)", isWanted);

    /// <param name="condition">On table <c>users</c>.</param>
    private static async Task<IReadOnlyList<(long Number, User User)>> People(DbConnection connection, string condition, Func<long, bool> isWanted, params (string Name, object Value)[] parameters)
    {
        var blocked = await Blocked(connection, condition, parameters);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM users WHERE {condition}";
        foreach (var (name, value) in parameters) command.Add(name, value);
        await using var rows = await command.ExecuteReaderAsync();
        var users = new List<(long, User)>();
        while (await rows.ReadAsync())
            if (isWanted(rows.GetInt64(0))) users.Add((rows.GetInt64(0), User(rows, blocked)));
        return users;
    }

    private static User User(DbDataReader row, ILookup<long, Block> blocked) => new(
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
        Blocked = [.. blocked[row.GetInt64(0)]],
    };

    /// <summary>Whom those users block, in the order in which they did.</summary>
    private static async Task<ILookup<long, Block>> Blocked(DbConnection connection, string condition, (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT b.user, b.credential, coalesce(u.name, b.name) FROM blocks b LEFT JOIN users u ON u.credential = b.credential
            WHERE b.user IN (SELECT number FROM users WHERE {condition}) ORDER BY b.rowid
            """;
        foreach (var (name, value) in parameters) command.Add(name, value);
        await using var rows = await command.ExecuteReaderAsync();
        var blocked = new List<(long User, Block Block)>();
        while (await rows.ReadAsync()) blocked.Add((rows.GetInt64(0), new Block(new Credential(rows.GetString(1)), StoredGame.Name(rows.GetString(2)))));
        return blocked.ToLookup(row => row.User, row => row.Block);
    }
}
