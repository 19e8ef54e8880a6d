using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage.Schema;

/// <summary>The whole schema, whichever database holds it. Accounts and history are read and written through it; the journal's hot path uses its tables by plain SQL.</summary>
public abstract partial class StorageContext(DbContextOptions options) : IdentityUserContext<Account, long>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    internal DbSet<UserRow> People => Set<UserRow>();
    internal DbSet<GameRow> Games => Set<GameRow>();
    internal DbSet<EventRow> Events => Set<EventRow>();
    internal DbSet<RatingRow> Ratings => Set<RatingRow>();
    internal DbSet<ReportRow> Reports => Set<ReportRow>();
    internal DbSet<BlockRow> Blocks => Set<BlockRow>();
    internal DbSet<SessionRow> Sessions => Set<SessionRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        builder.Entity<UserRow>(user =>
        {
            user.ToTable("users").HasKey(row => row.Number);
            user.HasIndex(row => row.Credential).IsUnique();

            // A name belongs to one account; guests come and go under the same one.
            user.HasIndex(row => row.Name).IsUnique().HasFilter($"kind = {(int)StoredKind.Account}");
            user.HasIndex(row => row.Rating, "leaderboard").HasFilter($"kind = {(int)StoredKind.Account} AND rating IS NOT NULL");
        });
        builder.Entity<GameRow>(game =>
        {
            game.ToTable("games").HasKey(row => row.Number);
            game.Property(row => row.Id).IsRequired();
            game.HasIndex(row => row.Id).IsUnique();
            game.HasOne(row => row.FirstUser).WithMany().HasForeignKey(row => row.First).OnDelete(DeleteBehavior.Restrict);
            game.HasOne(row => row.SecondUser).WithMany().HasForeignKey(row => row.Second).OnDelete(DeleteBehavior.Restrict);
            game.HasIndex(row => row.EndedAt, "running_games").HasFilter("ended_at IS NULL");
        });
        builder.Entity<EventRow>(happened =>
        {
            happened.ToTable("events").HasKey(row => new { row.Game, row.Version });
            happened.Property(row => row.Game).ValueGeneratedNever();
            happened.HasOne<GameRow>().WithMany().HasForeignKey(row => row.Game).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<RatingRow>(rating =>
        {
            rating.ToTable("ratings").HasKey(row => row.Number);
            rating.HasIndex(row => new { row.User, row.Number });
            rating.HasOne<UserRow>().WithMany().HasForeignKey(row => row.User).OnDelete(DeleteBehavior.Restrict);
            rating.HasOne<GameRow>().WithMany().HasForeignKey(row => row.Game).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ReportRow>(report =>
        {
            report.ToTable("reports").HasKey(row => row.Game);
            report.Property(row => row.Game).ValueGeneratedNever();
            report.HasOne<GameRow>().WithOne().HasForeignKey<ReportRow>(row => row.Game).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<BlockRow>(block =>
        {
            block.ToTable("blocks").HasKey(row => new { row.User, row.Credential });
            block.HasOne<UserRow>().WithMany().HasForeignKey(row => row.User).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions").HasKey(row => row.Digest);
            session.HasIndex(row => row.Account);
            session.HasOne<Account>().WithMany().HasForeignKey(row => row.Account).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Account>(account =>
        {
            account.ToTable("accounts").Property(row => row.Id).ValueGeneratedNever();
            account.HasOne<UserRow>().WithOne().HasForeignKey<Account>(row => row.Id).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<IdentityUserClaim<long>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<long>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<long>>().ToTable("account_tokens");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");

        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(WordStart().Replace(property.Name, "_").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
