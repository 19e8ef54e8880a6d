using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>The schema on SQLite.</summary>
internal sealed class SqliteContext(DbContextOptions<SqliteContext> options) : StorageContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<UserRow>().Property(row => row.Name).UseCollation("NOCASE"); // Names are compared without regard to case.
    }
}
