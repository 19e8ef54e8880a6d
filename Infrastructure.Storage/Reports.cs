using System.Data.Common;
using ConnectFour.Infrastructure.Storage.Schema;
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
        try
        {
            // Both players look at their game when it is over, so another request may well have been faster.
            await context.Database.ExecuteSqlAsync($"INSERT INTO reports (game, scores) SELECT number, {scores} FROM games WHERE id = {game.Value} AND ended_at IS NOT NULL ON CONFLICT DO NOTHING");
        }
        catch (DbException)
        {
            // The disk is full, or the database away.
        }
    }
}
