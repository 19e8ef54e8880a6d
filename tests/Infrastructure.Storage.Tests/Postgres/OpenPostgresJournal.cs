using System.Diagnostics.Metrics;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>A server's journal on a database that others may have open too. Its time is the database's, so it flows by itself.</summary>
internal sealed class OpenPostgresJournal : IDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public OpenPostgresJournal(string connectionString, IEvents? audience = null, StorageSettings? settings = null, Node? node = null)
    {
        Database = PostgresDatabase.Open(connectionString);
        Journal = new PostgresJournal(new PostgresClient(Database), settings ?? new StorageSettings(), node ?? Node.Only, audience ?? Events, ServerTime, new JournalMetrics(_meters.GetRequiredService<IMeterFactory>()), TimeProvider.System, Log);
    }

    public PostgresJournal Journal { get; }

    public PostgresDatabase Database { get; }

    public RecordedEvents Events { get; } = new();

    public RecordedLog<PostgresJournal> Log { get; } = new();

    public ServerTime ServerTime { get; } = new(TimeProvider.System);

    public void Dispose()
    {
        Journal.Dispose();
        Database.Dispose();
        ServerTime.Dispose();
        _meters.Dispose();
    }
}
