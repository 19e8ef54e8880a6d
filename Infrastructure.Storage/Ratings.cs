using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>An account on the leaderboard.</summary>
/// <param name="Rank">1 for the best.</param>
/// <param name="Games">How many of their games were rated.</param>
public sealed record Ranked(int Rank, UserName Name, Rating Rating, int Games);

/// <summary>What a rated game made of somebody's rating.</summary>
public sealed record RatingPoint(GameId Game, DateTimeOffset At, double Rating, double Deviation);

/// <summary>Who is how strong, and how they came to be.</summary>
public sealed class Ratings
{
    /// <summary>How many the leaderboard shows.</summary>
    public const int Most = 100;

    private readonly IDbContextFactory<StorageContext> _contexts;

    internal Ratings(IDbContextFactory<StorageContext> contexts) => _contexts = contexts;

    /// <summary>The best accounts, the best first; those whose rating is provisional are among them.</summary>
    public async Task<ImmutableArray<Ranked>> Best()
    {
        await using var context = await _contexts.CreateDbContextAsync();
        var best = await Rated(context).OrderByDescending(user => user.Rating).ThenBy(user => user.Number).Take(Most)
            .Select(user => new { User = user, Games = context.Ratings.Count(rating => rating.User == user.Number) }).AsNoTracking().ToListAsync();
        return [.. best.Select((row, index) => new Ranked(index + 1, StoredGame.Name(row.User.Name), Rating(row.User), row.Games))];
    }

    /// <summary>Where an account stands, or null before its first rated game.</summary>
    public async Task<Ranked?> Of(long user)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        if (await Rated(context).AsNoTracking().SingleOrDefaultAsync(row => row.Number == user) is not { } found) return null;

        var better = await Rated(context).CountAsync(other => other.Rating > found.Rating || (other.Rating == found.Rating && other.Number < user));
        return new(better + 1, StoredGame.Name(found.Name), Rating(found), await context.Ratings.CountAsync(rating => rating.User == user));
    }

    /// <summary>How an account's rating went, the latest <paramref name="most"/> games of it, oldest first.</summary>
    public async Task<ImmutableArray<RatingPoint>> Course(long user, int most)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        var rows = await context.Ratings.Where(rating => rating.User == user).OrderByDescending(rating => rating.Number).Take(most)
            .Join(context.Games, rating => rating.Game, game => game.Number, (rating, game) => new { rating.Number, game.Id, rating.At, rating.Rating, rating.Deviation }).ToListAsync();
        return [.. rows.OrderBy(row => row.Number).Select(row => new RatingPoint(new GameId(row.Id), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Rating, row.Deviation))];
    }

    private static IQueryable<UserRow> Rated(StorageContext context) => context.People.Where(user => user.Kind == StoredKind.Account && user.Rating != null);

    private static Rating Rating(UserRow user) => new(user.Rating!.Value, user.Deviation!.Value, user.Volatility!.Value, DateTimeOffset.FromUnixTimeMilliseconds(user.RatedAt!.Value));
}
