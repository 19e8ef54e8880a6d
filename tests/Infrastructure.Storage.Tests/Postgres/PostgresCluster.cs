using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Infrastructure.Storage.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>One PostgreSQL for all tests, started when the first asks for it; each gets a database of its own, copied from one that was migrated.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly Lock _lock = new();
    private PostgresServer? _server;
    private string? _template;

    public PostgresServer Server
    {
        get { lock (_lock) return _server ??= new PostgresServer(); }
    }

    /// <summary>The connection string of a new database with our schema.</summary>
    public string Database() => Server.ConnectionString(Create());

    /// <summary>The name of one.</summary>
    public string Create()
    {
        lock (_lock)
        {
            if (_template is null)
            {
                var template = Server.Create();
                PostgresDatabase.Migrate(Server.ConnectionString(template) + ";Pooling=false");
                _template = template;
            }
            return Server.Create(_template);
        }
    }

    public void Dispose() => _server?.Dispose();
}
