using ConnectFour.Application.Ports;
using ConnectFour.TestKit.Contracts;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>The journal on PostgreSQL keeps every promise of a journal.</summary>
public sealed class PostgresJournalTests(PostgresCluster cluster) : GameJournalContract, IDisposable
{
    private readonly List<OpenPostgresJournal> _open = [];

    public void Dispose() => _open.ForEach(open => open.Dispose());

    protected override IGameJournal Create(IEvents audience)
    {
        _open.Add(new OpenPostgresJournal(cluster.Database(), audience));
        return _open[^1].Journal;
    }
}
