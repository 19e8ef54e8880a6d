using ConnectFour.Application;
using System.Diagnostics.Metrics;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>A journal on a data directory, with a clock that the test controls; disposing it is what the end of a process is.</summary>
internal sealed class OpenJournal : IDisposable
{
    private readonly DataDirectory _directory;
    private readonly SqliteDatabase _database;
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public OpenJournal(string folder, IEvents? audience = null, StorageSettings? settings = null, FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(Start);
        ServerTime = new ServerTime(Time);
        _directory = DataDirectory.Hold(folder);
        try
        {
            _database = SqliteDatabase.Open(_directory.DatabaseFile);
            Journal = new SqliteJournal(_database, _directory, settings ?? new StorageSettings(), audience ?? new RecordedEvents(), ServerTime, new JournalMetrics(_meters.GetRequiredService<IMeterFactory>()), Time, Log);
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SqliteJournal Journal { get; }

    public SqliteDatabase Database => _database;

    public RecordedLog<SqliteJournal> Log { get; } = new();

    public FakeTimeProvider Time { get; }

    public ServerTime ServerTime { get; }

    public void Dispose()
    {
        Journal.Dispose();
        _database.Dispose();
        ServerTime.Dispose();
        _directory.Dispose();
        _meters.Dispose();
    }
}
