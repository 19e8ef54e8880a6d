namespace ConnectFour.Web.Tests;

/// <summary>What accounts promise wherever it is kept: below, each is tried on each database.</summary>
public abstract class OnEachDatabase(Home home) : IDisposable
{
    protected Home Home => home;

    public void Dispose()
    {
        home.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class AccountsOnSqlite() : AccountTests(new SqliteHome());

public sealed class AccountsOnPostgres(PostgresHomes homes) : AccountTests(homes.New());

public sealed class DeletionOnSqlite() : DeletionTests(new SqliteHome());

public sealed class DeletionOnPostgres(PostgresHomes homes) : DeletionTests(homes.New());

public sealed class RecordsOnSqlite() : RecordTests(new SqliteHome());

public sealed class RecordsOnPostgres(PostgresHomes homes) : RecordTests(homes.New());

public sealed class RatingsOnSqlite() : RatingTests(new SqliteHome());

public sealed class RatingsOnPostgres(PostgresHomes homes) : RatingTests(homes.New());
