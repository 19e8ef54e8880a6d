using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void The_migrations_lead_to_the_schema_that_the_code_has()
    {
        using var context = new DesignTime().CreateDbContext([]);

        var behind = context.Database.HasPendingModelChanges();

        Assert.False(behind);
    }

    [Fact]
    public async Task The_table_that_is_written_by_hand_is_the_one_that_the_schema_describes()
    {
        using var folder = new TemporaryFolder();
        using var open = new OpenJournal(folder.Path);
        var game = await Chronicle.Play(open.Journal, 1, "1212121");
        await using var context = open.Database.Context();

        var row = await context.Games.SingleAsync(cancellationToken: TestContext.Current.CancellationToken);
        var events = await context.Events.OrderBy(happened => happened.Version).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal((game.Id.Value, 7, StoredReason.FourInLine, 0), (row.Id, row.Plies, row.Reason, row.Winner));
        Assert.Equal(Enumerable.Range(2, game.Version - 1), events.Select(happened => happened.Version));
        Assert.All(events, happened => Assert.Equal(row.Number, happened.Game));
    }
}
