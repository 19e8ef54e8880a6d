using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Postgres;

namespace ConnectFour.Simulation.Tests.Mutants;

/// <summary>A way to the database but for one question.</summary>
internal abstract class MutantServer(IPostgresServer server) : IPostgresServer
{
    public string Place => server.Place;

    public Task<StoredGame?> Find(GameId id) => server.Find(id);

    public Task<IReadOnlyList<StoredGame>> Running() => server.Running();

    public Task<IReadOnlyList<(long Number, User User)>> Players(Func<long, bool> isWanted) => server.Players(isWanted);

    public Task<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games) => server.Versions(games);

    public virtual Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most) => server.FlagsDue(now, most);

    public Task<IReadOnlySet<Guid>> Beating(IReadOnlyCollection<Guid> servers, TimeSpan within) => server.Beating(servers, within);

    public virtual Task<RunningGame?> Start(Step step, CancellationToken end) => server.Start(step, end);

    public virtual Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end) => server.Append(known, step, end);

    public Task Settle(CancellationToken end) => server.Settle(end);

    public virtual IBeatLine Line() => server.Line();
}

internal sealed class TrustingServer(SimulatedNode node) : MutantServer(node.Database)
{
    public override Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end) => base.Append(known with { Game = node.World.Database.Find(step.Next.Id)! }, step, end);
}

/// <summary>Looks ahead: what it finds is due soon, unless somebody moves.</summary>
internal sealed class ImpatientServer(IPostgresServer server) : MutantServer(server)
{
    public override Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most) => base.FlagsDue(now.AddSeconds(3), most);
}

internal sealed class HopefulServer(IPostgresServer server) : MutantServer(server)
{
    public override async Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end)
    {
        try
        {
            return await base.Append(known, step, end);
        }
        catch (NotStoredException problem) when (problem.Fate is Fate.Unknown)
        {
            throw new NotStoredException(Fate.NotSent, problem);
        }
    }
}

internal sealed class PunctualServer(IPostgresServer server) : MutantServer(server)
{
    public override Task<RunningGame?> Start(Step step, CancellationToken end) => base.Start(step with { Asked = DateTimeOffset.MaxValue }, end);

    public override Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end) =>
        step.Events is [GameEvent.Resumed] ? Task.FromResult<TimeSpan?>(null) : base.Append(known, step with { Asked = DateTimeOffset.MaxValue }, end);
}

internal sealed class HastyServer(IPostgresServer server) : MutantServer(server)
{
    public override IBeatLine Line() => new HastyLine(base.Line());

    private sealed class HastyLine(IBeatLine line) : IBeatLine
    {
        public Task<Pulse> Beat(Guid server, DateTimeOffset until, TimeSpan outage, CancellationToken end) => line.Beat(server, DateTimeOffset.MaxValue, outage, end);

        public Task<bool> TryLock(CancellationToken end) => line.TryLock(end);

        public Task Clear(TimeSpan gone, CancellationToken end) => line.Clear(gone, end);

        public void Dispose() => line.Dispose();
    }
}
