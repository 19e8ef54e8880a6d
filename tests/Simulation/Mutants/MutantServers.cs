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

    public Task<RunningGame?> Start(Game next, GameEvent.Started started, User first, User second, CancellationToken end) => server.Start(next, started, first, second, end);

    public virtual Task<bool> Append(RunningGame known, Game next, ImmutableArray<GameEvent> events, CancellationToken end) => server.Append(known, next, events, end);

    public Task Settle(CancellationToken end) => server.Settle(end);

    public IBeatLine Line() => server.Line();
}

internal sealed class TrustingServer(SimulatedNode node) : MutantServer(node.Database)
{
    public override Task<bool> Append(RunningGame known, Game next, ImmutableArray<GameEvent> events, CancellationToken end) =>
        base.Append(known with { Game = node.World.Database.Find(next.Id)! }, next, events, end);
}

/// <summary>Looks ahead: what it finds is due soon, unless somebody moves.</summary>
internal sealed class ImpatientServer(IPostgresServer server) : MutantServer(server)
{
    public override Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most) => base.FlagsDue(now.AddSeconds(3), most);
}
