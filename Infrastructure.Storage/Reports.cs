using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>What perfect play says of finished games: computed once, because it costs much.</summary>
public sealed class Reports
{
    private readonly IDbContextFactory<StorageContext> _contexts;

    internal Reports(IDbContextFactory<StorageContext> contexts) => _contexts = contexts;

    /// <summary>The scores that were kept of a game, or null.</summary>
    public async Task<byte[]?> Find(GameId game)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        return await context.Reports.Where(report => context.Games.Any(row => row.Number == report.Game && row.Id == game.Value)).Select(report => report.Scores).SingleOrDefaultAsync();
    }

    /// <summary>Keeps the scores of a finished game. What cannot be stored at the moment, or is there already, is left: it can be computed again.</summary>
    public async Task Keep(GameId game, byte[] scores)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        if (await context.Games.Where(row => row.Id == game.Value && row.EndedAt != null).Select(row => (long?)row.Number).SingleOrDefaultAsync() is not { } number) return;

        context.Reports.Add(new ReportRow { Game = number, Scores = scores });
        try
        {
            await context.SaveChangesAsync();
        }
        catch (DbUpdateException problem) when (problem.InnerException is SqliteException)
        {
            // Another request was faster, or the disk is full.
        }
    }
}
