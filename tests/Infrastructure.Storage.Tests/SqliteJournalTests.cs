using ConnectFour.Application.Ports;
using ConnectFour.TestKit.Contracts;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>The journal on SQLite keeps every promise of a journal.</summary>
public sealed class SqliteJournalTests : GameJournalContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private OpenJournal? _open;

    public void Dispose()
    {
        _open?.Dispose();
        _folder.Dispose();
    }

    protected override IGameJournal Create(IEvents audience) => (_open = new OpenJournal(_folder.Path, audience)).Journal;
}
