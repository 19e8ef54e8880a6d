using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>The schema on PostgreSQL: the same tables, and what several servers need besides.</summary>
internal sealed class PostgresContext(DbContextOptions<PostgresContext> options) : StorageContext(options)
{
    /// <summary>
    /// Compares names without regard to case. It knows no LIKE (before version 18): whoever looks for a prefix compares <c>lower(name COLLATE "C")</c>, which is enough for names in ASCII.
    /// </summary>
    private const string NoCase = "no_case";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        builder.HasCollation(NoCase, locale: "und-u-ks-level2", provider: "icu", deterministic: false);
        builder.Entity<UserRow>().Property(row => row.Name).UseCollation(NoCase);
        builder.Entity<GameRow>(game =>
        {
            // How many events there are: what an append compares and sets, so that of two at the same version one succeeds.
            game.Property<int>("version").HasDefaultValue(1);

            // When the running clock falls, in milliseconds since 1970: any server finds the flags of games that it has never seen.
            game.Property<long?>("flag_at");
            game.HasIndex("flag_at").HasDatabaseName("flags").HasFilter("flag_at IS NOT NULL");
        });
        builder.Entity<BlockRow>().Property<long>("rowid").UseIdentityAlwaysColumn(); // Their order, which SQLite knows by itself.
        builder.Entity<NodeRow>(node =>
        {
            node.ToTable("nodes").HasKey(row => row.Id);
            node.Property(row => row.Id).HasColumnName("id");
            node.Property(row => row.Beat).HasColumnName("beat");
        });
    }
}

/// <summary>A server, as long as it is there and for a while after.</summary>
internal sealed class NodeRow
{
    public Guid Id { get; set; }

    /// <summary>Its last sign of life by the database's clock, in milliseconds since 1970.</summary>
    public long Beat { get; set; }
}
