using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>For <c>dotnet ef migrations add Name --project Infrastructure.Storage --context PostgresContext --output-dir Postgres/Migrations</c>.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql().Options);
}
