using ConnectFour.Infrastructure.Storage.Postgres;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>A line of a node's own to the database.</summary>
internal sealed class BeatLine(DatabaseLine line, SimulatedDatabase database) : IBeatLine
{
    public bool IsGone => line.IsGone;

    public Task<Pulse> Beat(Guid server, DateTimeOffset until, TimeSpan outage, CancellationToken end) => line.Ask(() => database.Beat(server, until, outage));

    public Task<bool> TryLock(CancellationToken end) => line.Ask(() =>
    {
        if (!database.TryLock(this)) return false;
        line.BreakOnce(Dispose);
        return true;
    });

    public Task Clear(TimeSpan gone, CancellationToken end) => line.Ask(() =>
    {
        database.Clear(gone);
        return true;
    });

    public void Dispose() => database.Unlock(this);
}
