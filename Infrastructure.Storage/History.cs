using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>One side of a game in a list.</summary>
/// <param name="Kind">Null once the account is deleted.</param>
public sealed record HistorySeat(UserName Name, DiscColour Colour, UserKind? Kind);

/// <summary>A game in a list.</summary>
/// <param name="EndedAt">Null while it runs, as is <paramref name="Reason"/>.</param>
/// <param name="Winner">Null for a draw, and while it runs.</param>
/// <param name="Plies">0 while it runs: the journal knows better then.</param>
public sealed record HistoryEntry(
    GameId Game, HistorySeat First, HistorySeat Second, TimeControl? Control, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Player? Winner, string? Reason, int Plies)
{
    public bool IsRated { get; init; }

    /// <summary>Whether the first disc was taken over.</summary>
    public bool IsSwapped { get; init; }
}

/// <summary>Which of somebody's games to list.</summary>
public enum HistoryFilter
{
    All,
    Won,
    Lost,
    Drawn,
}

/// <param name="Next">Where the next older page begins, or null if this is the last one.</param>
public sealed record HistoryPage(ImmutableArray<HistoryEntry> Games, long? Next);

/// <summary>Who played whom, newest first. Pages go by key and never by offset, so that the last one costs no more than the first.</summary>
public sealed class History
{
    private readonly IDbContextFactory<StorageContext> _contexts;

    internal History(IDbContextFactory<StorageContext> contexts) => _contexts = contexts;

    /// <param name="user">An account's number.</param>
    /// <param name="before">The <see cref="HistoryPage.Next"/> of the page before, or null for the newest games.</param>
    /// <param name="most">1 to 50.</param>
    public async Task<HistoryPage> Of(long user, long? before, int most, HistoryFilter filter = HistoryFilter.All)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        var older = context.Games.Where(game => !game.SetAside && game.Number < (before ?? long.MaxValue));
        if (filter != HistoryFilter.All) older = older.Where(game => game.EndedAt != null);

        // Two indexes, one for each side: each gives its newest, and the newest of both are among them.
        var newest = Wanted(older.Where(game => game.First == user), filter, 0).OrderByDescending(game => game.Number).Take(most + 1)
            .Concat(Wanted(older.Where(game => game.Second == user), filter, 1).OrderByDescending(game => game.Number).Take(most + 1));
        var rows = await newest.OrderByDescending(game => game.Number).Take(most + 1)
            .Include(game => game.FirstUser).Include(game => game.SecondUser).AsNoTracking().ToListAsync();
        return new([.. rows.Take(most).Select(Entry)], rows.Count > most ? rows[most - 1].Number : null);
    }

    /// <summary>Who plays the game now that it is known what became of them: a deleted account is nobody any more.</summary>
    public async Task<HistoryEntry?> Find(GameId id)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        var row = await context.Games.Include(game => game.FirstUser).Include(game => game.SecondUser).AsNoTracking()
            .SingleOrDefaultAsync(game => game.Id == id.Value && !game.SetAside);
        return row is null ? null : Entry(row);
    }

    /// <summary>One user's record against another.</summary>
    public async Task<Tally> Between(long user, long opponent)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        var results = await context.Games
            .Where(game => game.EndedAt != null && !game.SetAside && ((game.First == user && game.Second == opponent) || (game.First == opponent && game.Second == user)))
            .GroupBy(game => new { game.Winner, IsFirst = game.First == user })
            .Select(group => new { group.Key.Winner, group.Key.IsFirst, Count = group.Count() })
            .ToListAsync();
        return new(
            results.Where(result => result.Winner == (result.IsFirst ? 0 : 1)).Sum(result => result.Count),
            results.Where(result => result.Winner == (result.IsFirst ? 1 : 0)).Sum(result => result.Count),
            results.Where(result => result.Winner is null).Sum(result => result.Count));
    }

    private static IQueryable<GameRow> Wanted(IQueryable<GameRow> games, HistoryFilter filter, int side) => filter switch
    {
        HistoryFilter.All => games,
        HistoryFilter.Won => games.Where(game => game.Winner == side),
        HistoryFilter.Lost => games.Where(game => game.Winner == 1 - side),
        HistoryFilter.Drawn => games.Where(game => game.Winner == null),
    };

    private static HistoryEntry Entry(GameRow row) => new(
        new GameId(row.Id),
        Seat(row.FirstUser!, row.FirstColour),
        Seat(row.SecondUser!, row.SecondColour),
        row.Initial is { } initial ? TimeControl.From(initial, row.Increment ?? 0) : null,
        DateTimeOffset.FromUnixTimeMilliseconds(row.StartedAt),
        row.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        (Player?)row.Winner,
        row.Reason is { } reason ? Word(reason) : null,
        row.Plies) { IsRated = row.Rated, IsSwapped = row.Swapped };

    private static HistorySeat Seat(UserRow user, int colour) => new(StoredGame.Name(user.Name), (DiscColour)colour, user.Kind switch
    {
        StoredKind.Guest => UserKind.Guest,
        StoredKind.Account => UserKind.Account,
        StoredKind.Bot => UserKind.Bot,
        StoredKind.Deleted => null,
    });

    private static string Word(StoredReason reason) => reason switch
    {
        StoredReason.FourInLine => "four",
        StoredReason.FullBoard => "full",
        StoredReason.Forfeit => "forfeit",
        StoredReason.Flag => "flag",
        StoredReason.Absence => "absence",
    };
}
