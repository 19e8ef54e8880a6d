using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>For <c>dotnet ef migrations add Name --project Infrastructure.Storage --context SqliteContext --output-dir Sqlite/Migrations</c>.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteContext>().UseSqlite("Data Source=:memory:").Options);
}
