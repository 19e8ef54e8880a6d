using ConnectFour.Infrastructure.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>The schema changes when somebody says so, once, and never under a server that is of another one.</summary>
public sealed class MigrationTests(PostgresCluster cluster)
{
    [Fact]
    public void The_migrations_lead_to_the_schema_that_the_code_has()
    {
        using var context = new PostgresDesignTime().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Of_several_who_migrate_at_once_one_does_and_all_find_it_done()
    {
        var database = Empty();

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Registration.MigratePostgres(database))));

        Assert.Single(taken, migrations => migrations.Count > 0);
        PostgresDatabase.Open(database).Dispose();
        Assert.Empty(Registration.MigratePostgres(database));
    }

    [Fact]
    public void A_server_does_not_start_on_a_database_that_nobody_has_migrated()
    {
        var problem = Assert.Throws<StorageException>(() => PostgresDatabase.Open(Empty()));

        Assert.Contains("run 'migrate'", problem.Message, StringComparison.Ordinal);
        Assert.False(problem.MayPass);
    }

    [Fact]
    public async Task A_server_does_not_start_on_a_database_of_a_newer_version()
    {
        var database = cluster.Database();
        await Run(database, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");

        Assert.Contains("29990101000000_Later", Assert.Throws<StorageException>(() => PostgresDatabase.Open(database)).Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", Assert.Throws<StorageException>(() => Registration.MigratePostgres(database)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_does_not_start_where_what_it_confirms_could_be_lost()
    {
        var problem = Assert.Throws<StorageException>(() => PostgresDatabase.Open($"{cluster.Database()};Options=-c synchronous_commit=off"));

        Assert.Contains("synchronous_commit", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=x", true)]
    [InlineData("Host=", false)]
    [InlineData("no connection string", false)]
    public void A_database_that_cannot_be_reached_is_said_in_one_line(string connectionString, bool mayPass)
    {
        var problem = Assert.Throws<StorageException>(() => PostgresDatabase.Open(connectionString));

        Assert.DoesNotContain('\n', problem.Message);
        Assert.Equal(mayPass, problem.MayPass);
    }

    [Fact]
    public async Task Names_are_compared_without_regard_to_case_and_are_found_by_how_they_begin()
    {
        var database = cluster.Database();
        await Run(database, string.Concat(((string[])["Ann", "a-b", "a_b", "anna"]).Select(name =>
            $"INSERT INTO users (name, kind, open_to_more, wins, losses, draws, challenges) VALUES ('{name}', 1, false, 0, 0, 0, 0);")));
        using var open = PostgresDatabase.Open(database);
        await using var context = open.Context();

        var taken = await Assert.ThrowsAsync<PostgresException>(() => Run(database, "INSERT INTO users (name, kind, open_to_more, wins, losses, draws, challenges) VALUES ('ANN', 1, false, 0, 0, 0, 0)"));
        var found = await context.People.Where(user => user.Name == "aNN").Select(user => user.Name).ToListAsync(TestContext.Current.CancellationToken);
        var begin = await context.Database.SqlQuery<string>($"""SELECT name FROM users WHERE lower(name COLLATE "C") LIKE 'ann%' ORDER BY number""").ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("23505", taken.SqlState);
        Assert.Equal(["Ann"], found);
        Assert.Equal(["Ann", "anna"], begin);
    }

    private string Empty() => cluster.Server.ConnectionString(cluster.Server.Create()) + ";Pooling=false";

    private static async Task Run(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
