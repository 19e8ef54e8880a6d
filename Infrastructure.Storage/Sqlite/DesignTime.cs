using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ConnectFour.Infrastructure.Storage.Schema;

/// <summary>For <c>dotnet ef migrations add Name --project Infrastructure.Storage --output-dir Schema/Migrations</c>.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<StorageContext>
{
    public StorageContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<StorageContext>().UseSqlite("Data Source=:memory:").Options);
}
