namespace ConnectFour.TestKit;

/// <summary>One PostgreSQL for many tests, started when the first asks for it; each gets a database of its own, copied from one that was migrated.</summary>
/// <param name="migrate">Brings our schema to the database of that connection string.</param>
public abstract class MigratedPostgres(Action<string> migrate) : IDisposable
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
                migrate(Server.ConnectionString(template) + ";Pooling=false"); // Nobody must be connected to what is copied.
                _template = template;
            }
            return Server.Create(_template);
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        GC.SuppressFinalize(this);
    }
}
