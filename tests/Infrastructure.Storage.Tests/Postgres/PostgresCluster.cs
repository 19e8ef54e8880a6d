using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Infrastructure.Storage.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>The PostgreSQL of all tests that do not stop it.</summary>
public sealed class PostgresCluster() : MigratedPostgres(database => PostgresDatabase.Migrate(database));
