using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Simulation.Tests.Journal;

namespace ConnectFour.Simulation.Tests.Mutants;

internal sealed class HastyJournal(SimulatedNode node, IEvents audience) : SimulatedJournal(node.World.Database, node.Database, audience, node.Time)
{
    public override ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        _ = base.Append(next, events).AsTask();
        return new(AppendResult.Committed);
    }
}

internal sealed class TalkativeJournal(SimulatedNode node, IEvents audience) : SimulatedJournal(node.World.Database, node.Database, audience, node.Time)
{
    public override ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        Publish(next, events);
        return base.Append(next, events);
    }
}

internal sealed class TrustingJournal(SimulatedNode node, IEvents audience) : SimulatedJournal(node.World.Database, node.Database, audience, node.Time)
{
    protected override bool Store(Game next, ImmutableArray<GameEvent> events) => Database.Append(next, events, isAnyway: true);
}

internal sealed class DespairingJournal(SimulatedNode node, IEvents audience) : SimulatedJournal(node.World.Database, node.Database, audience, node.Time)
{
    protected override AppendResult TooLate => AppendResult.Unavailable;
}

/// <summary>Looks ahead: what it finds is due soon, unless somebody moves.</summary>
internal sealed class ImpatientJournal(SimulatedNode node, IEvents audience) : SimulatedJournal(node.World.Database, node.Database, audience, node.Time)
{
    public override ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => base.FlagsDue(now.AddSeconds(3));
}
